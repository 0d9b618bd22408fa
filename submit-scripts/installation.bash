# What the scripts of this folder share: the Java, the build, and the links by which Java and Spark know the installation.
# Whoever reads this has set home, the installation's folder, and fail STATUS MESSAGE.
# shellcheck shell=bash
# shellcheck disable=SC2154 # home

# A release is as it was unpacked, whoever runs it. A clone is built, by Maven, which also brings its Spark, and has a folder
# for what runs leave.
if [[ -f $home/RELEASE ]]; then
  target=
  jar=$home/relupath.jar
  native=$home/native
else
  target=$home/spark-jobs/target
  jar=$target/relupath.jar
  native=$home/core/target/native
fi
temporary= # a folder that goes when the script ends

# A name that Java's class paths, Spark's globs and lists, and URIs all take as it is.
plain() { # plain PATH
  local LC_ALL=C
  [[ $1 == /* && $1 != *[!A-Za-z0-9/._+-]* ]]
}

# Spark asks for the incubator module; java.se is what a runtime made with jlink may lack.
modules=java.se,jdk.unsupported,jdk.incubator.vector

find_java() { # sets java
  local said version major missing
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v -- "$java" >/dev/null 2>&1 ||
    fail 2 "no java${JAVA_HOME:+ under JAVA_HOME=$JAVA_HOME}: install JDK 17 or newer, or set JAVA_HOME"
  missing=
  said=$("$java" "--add-modules=$modules" -version 2>&1) || {
    missing=$(printf '%s' "$said" | sed -n 's/.*Module \([a-z.]*\) not found.*/\1/p' | head -n 1)
    said=$("$java" -version 2>&1) || fail 2 "$java does not start: $(printf '%s' "$said" | grep -v '^Picked up\|^Error occurred during' | head -n 1)"
  }
  version=$(printf '%s' "$said" | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)
  major=${version%%[.+-]*}
  [[ $major =~ ^[0-9]+$ && $major -ge 17 ]] ||
    fail 2 "$java is version ${version:-unknown}, expected JDK 17 or newer: set JAVA_HOME"
  [[ -z $missing ]] || fail 2 "$java has no module $missing, expected a whole JDK: set JAVA_HOME"
}

up_to_date() {
  if [[ -z $target ]]; then return; fi
  [[ -f $jar && -f $target/spark/classpath ]] || return 1
  local newer
  newer=$(find "$home/pom.xml" "$home/core/pom.xml" "$home/spark-jobs/pom.xml" "$home/conf/reference.conf" \
    "$home/core/src/main" "$home/spark-jobs/src/main" -type f -newer "$jar" -print 2>/dev/null | head -n 1)
  [[ -z $newer ]]
}

# The folder of this user alone, for what the installation has no place for; made where it is not there.
private_folder() { # sets private
  local base
  for base in "${XDG_STATE_HOME:-}" "${HOME:-}/.local/state"; do
    [[ $base == /* && ($base != "${HOME:-}/.local/state" || -d ${HOME:-}) ]] || continue
    private=$base/relupath
    if own "$private"; then return; fi
  done
  return 1
}

# Where submit-scripts/local-cluster keeps a cluster that stays.
cluster_folder() { # sets folder
  folder=${RELUPATH_CLUSTER:-${target:+$target/cluster}}
  if [[ -z $folder ]]; then private_folder && folder=$private/cluster || return 1; fi
  if [[ $folder != /* ]]; then folder=$PWD/$folder; fi
}

# Another user's folder is left alone, also one that everybody may write.
own() { # own FOLDER: whether it is this user's, made where it is not there
  (umask 077 && mkdir -p "$1") 2>/dev/null && [[ -O $1 && -w $1 ]]
}

# The version of Spark that the project is built with, and on which alone it is run before a change lands.
spark_version() {
  if [[ -n $target ]]; then
    sed -n 's|.*/spark-core_[0-9.]*-\([0-9][^/:]*\)\.jar.*|\1|p' "$target/spark/classpath"
  else
    sed -n 's/.* for Spark //p' "$home/RELEASE"
  fi
}

check_spark() { # check_spark FOLDER NAME: whether its jars are of that version
  local one version
  version=$(spark_version)
  for one in "$1"/jars/spark-core_*.jar; do
    [[ -e $one ]] || fail 2 "$2 has no jars/spark-core_*.jar, expected Spark $version"
    one=${one##*/spark-core_*-} one=${one%.jar}
    [[ $one == "$version" ]] ||
      fail 2 "$2 is Spark $one, expected $version, the version that relupath is built with and tested on"
  done
}

# Sets jars to those of Spark that the launcher runs where no SPARK_HOME is set: what Maven resolved, or in a release those
# of pip's pyspark.
find_jars() {
  jars=()
  if [[ -n $target ]]; then
    IFS=: read -r -d '' -a jars < <(tr '\n' : <"$target/spark/classpath" && printf '\0')
  elif [[ -z ${SPARK_HOME:-} ]]; then
    local python=${PYSPARK_PYTHON:-python3} found
    found=$("$python" -c 'import importlib.util, os
print(os.path.dirname(importlib.util.find_spec("pyspark").origin))' 2>/dev/null) ||
      fail 2 "no Spark: SPARK_HOME is not set, and $python finds no pyspark, expected one of version $(spark_version), as pip install pyspark==$(spark_version) brings"
    check_spark "$found" "pyspark of $python, $found"
    jars=("$found"/jars/*.jar)
  fi
}

# Sets layout to a folder with a plain name that holds links to all that Java and Spark are to find of the installation:
# jars (of Spark), relupath.jar, conf and native. It is all that Spark's launcher, master and worker need of a SPARK_HOME.
# Another list of jars gets another folder, and none is ever changed or removed: runs may stand on it.
lay_out() {
  local key place aside one jars
  find_jars
  for one in "$jar" ${jars[@]+"${jars[@]}"}; do
    [[ -z $one || -r $one ]] ||
      fail 2 "$one cannot be read: ${target:+remove $jar to build again, or }ask its owner"
  done
  key=$(printf '%s\n' "$home" ${jars[@]+"${jars[@]}"} | cksum)
  key=${key// /-}
  for place in ${target:+"$target/spark"} private temporary; do
    case $place in
      private) private_folder && place=$private/spark || continue ;;
      temporary)
        place=${TMPDIR:-/tmp}
        plain "$place" && [[ -w $place ]] || place=/tmp
        temporary=$(mktemp -d "$place/relupath-XXXXXXXX" 2>/dev/null) && place=$temporary || continue
        ;;
    esac
    plain "$place" || continue
    layout=$place/$key
    if [[ -d $layout/jars ]]; then return; fi
    mkdir -p "$place" 2>/dev/null && aside=$(mktemp -d "$layout.XXXXXXXX" 2>/dev/null) || continue
    mkdir "$aside/jars"
    for one in ${jars[@]+"${jars[@]}"}; do
      if [[ -n $one ]]; then ln -s "$one" "$aside/jars/"; fi
    done
    ln -s "$jar" "$home/conf" "$native" "$aside/"
    chmod -R go+rX "$aside"
    # The first of several to come here wins.
    ln -sn "${aside##*/}" "$layout" 2>/dev/null || rm -rf "$aside"
    if [[ -d $layout/jars ]]; then return; fi
  done
  fail 2 "no folder for links to Spark's jars can be written, tried ${target:+$target/spark, }~/.local/state and /tmp"
}
