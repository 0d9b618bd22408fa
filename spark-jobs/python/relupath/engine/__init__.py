"""The application in a JVM of its own: found, started once, quiet, and ended with the process."""
