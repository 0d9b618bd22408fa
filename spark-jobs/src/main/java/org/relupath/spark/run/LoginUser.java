package org.relupath.spark.run;

import java.io.IOException;
import org.apache.hadoop.security.UserGroupInformation;

/** Who Hadoop's file systems think is at work. */
public final class LoginUser {
  private LoginUser() {}

  /**
   * Takes the name in the environment variable HADOOP_USER_NAME where the system knows none for the
   * process's user id, as in containers that run under any id: Hadoop reads the variable after it
   * has asked the system, which then has failed.
   */
  public static void find() {
    try {
      UserGroupInformation.getLoginUser();
    } catch (IOException e) {
      String name = System.getenv("HADOOP_USER_NAME");
      // Where users are authenticated a name alone is not enough, and the failure is reported
      // later.
      if (name != null && !UserGroupInformation.isSecurityEnabled()) {
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(name));
      }
    }
  }
}
