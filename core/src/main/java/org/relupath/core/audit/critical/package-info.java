/** Every critical value of a problem small enough to list all stationary points. */
package org.relupath.core.audit.critical;
