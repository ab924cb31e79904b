#!/usr/bin/env bash
# Runs a job on Spark: ./submit.sh [JOB] [--conf FILE] [--set key=value]... [-- SPARK OPTIONS]
# ./submit.sh --help lists jobs, options and keys of the configuration.
#
# SPARK_HOME             folder of the Spark to use; without it, the Spark that Maven resolves is used
# JAVA_HOME              folder of the Java 17 to use
# SYSCALL_DRIVER_MEMORY  heap of the driver (4g); "-- --driver-memory 8g" sets it, too
# SYSCALL_NATIVE_MEMORY  memory for the driver's arrays outside its heap (4g)
# SYSCALL_JARS           folder or URI where a cluster finds the jar and lib/, which are here in jobs/target
#
# conf/cluster/README.md explains runs on clusters.
set -euo pipefail

readonly home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
readonly target="$home/jobs/target"
readonly jar="$target/syscall-anomaly.jar"
readonly main=syscallanomaly.jobs.Main

fail() {
  echo "$1" >&2
  exit "$2"
}

find_java() {
  java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
  command -v "$java" >/dev/null || fail "Cannot run: no Java found; install a JDK 17 or set JAVA_HOME" 2
  local version
  java_properties="$("$java" -XshowSettings:properties -version 2>&1)"
  version="$(sed -n 's/^ *java.specification.version = //p' <<<"$java_properties")"
  [[ "$version" == 17 ]] \
    || fail "Cannot run: $java is Java $version and Spark 3.5 needs 17; set JAVA_HOME to a JDK 17" 2
}

is_built() {
  [[ -f "$jar" && -d "$target/lib" && -d "$target/spark/jars" ]] || return 1
  local inputs=(pom.xml pipeline/pom.xml jobs/pom.xml pipeline/src/main jobs/src/main jobs/sample conf)
  local newer
  newer="$(cd "$home" && find "${inputs[@]}" -path conf/cluster -prune -o -newer "$jar" -print -quit)"
  [[ -z "$newer" ]]
}

# Prints the Maven profile for the native libraries of this machine, unless the default build has them.
platform_profile() {
  case "$(uname -sm)" in
    "Linux aarch64") echo -Plinux-arm64 ;;
    "Darwin arm64") echo -Pmacosx-arm64 ;;
    "Darwin x86_64") echo -Pmacosx-x86_64 ;;
  esac
}

build() {
  command -v mvn >/dev/null || fail "Cannot build: no Maven found; install Maven 3.8 or later" 1
  echo "Building syscall-anomaly, which takes minutes the first time" >&2
  # The jar gets the time at which the build started, so that files edited during the build count as newer.
  local start
  start="$(mktemp)"
  (cd "$home" && mvn -B -q $(platform_profile) -Dstyle.color=never -DskipTests -Dspotless.check.skip package >&2) \
    || fail "Cannot build: see above" 1
  touch -r "$start" "$jar"
  rm "$start"
}

# Prints the variant of the native code: AVX2 if the CPU has it, else nothing for the generic variant.
native_extension() {
  [[ -r /proc/cpuinfo ]] || return 0
  if grep -qw avx2 /proc/cpuinfo; then echo -avx2; fi
}

terminal_columns() {
  if [[ -t 2 ]]; then tput cols 2>/dev/null || echo 80; else echo 0; fi
}

# Does what bin/spark-submit does, with the jars that Maven resolved: Spark's launcher prints the command to run. It
# needs no other jar, and Java would open all of them.
submit_with_resolved_spark() {
  export SPARK_HOME="$target/spark" SPARK_SCALA_VERSION=2.12
  local parts=() part
  while IFS= read -r -d '' part; do
    parts+=("$part")
  done < <("$java" -Xmx128m -cp "$(echo "$SPARK_HOME"/jars/spark-launcher_*.jar)" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit "$@")
  # The launcher prints an empty part and a line end before the command.
  ((${#parts[@]} > 2)) || fail "Cannot run: Spark's launcher failed, see above" 1
  exec "${parts[1]#$'\n'}" "${parts[@]:2}"
}

# Replaces this process with spark-submit.
submit() {
  if [[ -n "${SPARK_HOME-}" ]]; then
    exec "$SPARK_HOME/bin/spark-submit" "$@"
  else
    submit_with_resolved_spark "$@"
  fi
}

# Prints the value that spark-submit will use for a Spark property: from its options, else from the properties file.
spark_property() {
  local key="$1" value="" option previous=""
  local file="${SPARK_CONF_DIR:-${SPARK_HOME:-$target/spark}/conf}/spark-defaults.conf"
  for option in "${spark_options[@]+"${spark_options[@]}"}"; do
    case "$previous $option" in
      "--properties-file "*) file="$option" ;;
      *" --properties-file="*) file="${option#*=}" ;;
      "--conf $key="* | "-c $key="*) value="${option#*=}" ;;
      *" --conf=$key="*) value="${option#--conf=*=}" ;;
    esac
    previous="$option"
  done
  if [[ -z "$value" && -f "$file" ]]; then
    value="$(sed -nE "s/^[[:space:]]*${key//./\\.}([[:space:]]*[=:]|[[:space:]])[[:space:]]*(.*[^[:space:]])[[:space:]]*$/\2/p" "$file" \
      | tail -n 1)"
  fi
  echo "$value"
}

# Prints the options that open modules of JDK 17 to Spark. Spark passes them to all its processes except a
# driver on a standalone cluster.
spark_module_options() {
  local spark="${SPARK_HOME:-$target/spark}"
  SPARK_HOME="$spark" SPARK_SCALA_VERSION=2.12 "$java" -Xmx128m -cp "$spark/jars/*" \
    org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$jar" \
    | tr '\0' '\n' | grep -E '^(--add-opens=|-Djdk\.)' | tr '\n' ' '
}

warn_of_secrets() {
  local option pattern='^(--conf=)?(spark\.[^=]*(secret|password|token|access\.?key)[^=]*)=.'
  for option in "${spark_options[@]+"${spark_options[@]}"}"; do
    if [[ "$option" =~ $pattern ]]; then
      echo "Warning: every user of this machine can see ${BASH_REMATCH[2]} in ps; give it as conf/cluster/README.md says" >&2
    fi
  done
}

# Removes the stack trace with which Spark's YARN client reports a failed job; the job itself prints the reason.
without_trace() {
  local line within=""
  while IFS= read -r line; do
    if [[ "$line" == "Exception in thread "*": Application "*" finished with "* ]]; then
      within=yes
    elif [[ -z "$within" || "$line" != $'\tat '* ]]; then
      within=""
      printf '%s\n' "$line"
    fi
  done
}

# Checks the configuration on this machine, submits the job to the cluster, waits, and prints how it ended.
run_on_cluster() {
  local SYSCALL_CONFIGURATION submission job=() result=() code=0 waits
  SYSCALL_CONFIGURATION="$(here "${arguments[@]+"${arguments[@]}"}" --encode-configuration)" || exit $?
  submission="$(hostname)-$$-$(date +%s)"

  # The whole configuration replaces --conf and --set, because the cluster may not have the files.
  set -- "${arguments[@]+"${arguments[@]}"}"
  while (($#)); do
    case "$1" in
      --conf | --set) (($# > 1)) && shift ;;
      --conf=* | --set=*) ;;
      # The file is on this machine, where the outcome is read.
      --result) result=("$1" "${2-}"); (($# > 1)) && shift ;;
      --result=*) result=("$1") ;;
      *) job+=("$1") ;;
    esac
    shift
  done
  job+=(--conf env:SYSCALL_CONFIGURATION)

  # With this option, Spark's own log tells on which machine the driver runs.
  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS-} $log_option"
  case "$master" in
    spark://*)
      # A standalone cluster passes the environment of spark-submit to the driver, but no default options.
      export SYSCALL_CONFIGURATION
      waits=spark.standalone.submit.waitAppCompletion
      options+=(--driver-java-options
        "$(spark_module_options)$default_java_options $driver_java_options")
      ;;
    yarn)
      waits=spark.yarn.submit.waitAppCompletion
      options+=(
        --conf "spark.yarn.appMasterEnv.SYSCALL_CONFIGURATION=$SYSCALL_CONFIGURATION"
        --conf "spark.yarn.appMasterEnv.OMP_NUM_THREADS=$OMP_NUM_THREADS"
        --conf "spark.yarn.appMasterEnv.MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX"
        --conf "spark.yarn.appMasterEnv.MALLOC_MMAP_THRESHOLD_=$MALLOC_MMAP_THRESHOLD_"
      )
      ;;
    k8s://*)
      waits=spark.kubernetes.submission.waitAppCompletion
      options+=(
        --conf "spark.kubernetes.driverEnv.SYSCALL_CONFIGURATION=$SYSCALL_CONFIGURATION"
        --conf "spark.kubernetes.driverEnv.OMP_NUM_THREADS=$OMP_NUM_THREADS"
        --conf "spark.kubernetes.driverEnv.MALLOC_ARENA_MAX=$MALLOC_ARENA_MAX"
        --conf "spark.kubernetes.driverEnv.MALLOC_MMAP_THRESHOLD_=$MALLOC_MMAP_THRESHOLD_"
      )
      ;;
  esac
  # A container has a memory limit, and Spark's default leaves no room for the driver's arrays.
  if [[ "$master" != spark://* \
    && -z "$(spark_property spark.driver.memoryOverhead)$(spark_property spark.driver.memoryOverheadFactor)" ]]; then
    options+=(--conf spark.driver.memoryOverheadFactor=0.5)
  fi
  if [[ "$(spark_property "$waits")" == false ]]; then
    submit "${options[@]}" "$application" "${job[@]}"
  fi
  options+=(--conf "$waits=true")
  { (submit "${options[@]}" "$application" "${job[@]}" --submission "$submission") 2>&1 >&3 \
    | without_trace >&2; } 3>&1 || code=$?
  export SYSCALL_CONFIGURATION
  here "${job[@]}" --outcome "$submission" "${result[@]+"${result[@]}"}"
}

# Runs the program on this machine without starting Spark, with the settings for file systems that Spark would have.
here() {
  (
    export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
    local java_options="$log_option" class_options=(--jars "$(joined , "${libraries[@]}")")
    if has_own_class_path; then
      class_options=(--driver-class-path "$(joined : "${libraries[@]}")")
      java_options+=" $(archive_options)"
    fi
    submit --class "$main" \
      "${spark_options[@]+"${spark_options[@]}"}" \
      --master local --deploy-mode client --driver-memory 512m \
      --conf "spark.driver.defaultJavaOptions=$java_options" \
      "${class_options[@]}" \
      "$jar" "$@"
  )
}

# Prints the other arguments with the first one between them.
joined() {
  local IFS="$1"
  echo "${*:2}"
}

# Whether lib/ may stand on the class path of a process on this machine. Its classes then come from an archive, and
# Spark need not copy it for tasks in the same process. A Spark of the user may have other versions of the libraries,
# which must stay first.
has_own_class_path() {
  [[ -z "${SPARK_HOME-}" && " ${spark_options[*]-} " != *" --driver-class-path"* \
    && -z "$(spark_property spark.driver.extraClassPath)" ]]
}

# Prints the Java options with which a process takes its classes from an archive (class-data sharing). Java refuses an
# archive that was made by another Java or from other files, so its name depends on both. It is complete once a file
# beside it says so; until then, a process given "make" makes it as it ends.
archive_options() {
  local made_from archive former
  # Java 17 crashes if it records a flight from its start and takes classes from an archive. Agents may change classes.
  case "$driver_java_options ${SPARK_SUBMIT_OPTS-} ${JAVA_TOOL_OPTIONS-} ${JDK_JAVA_OPTIONS-}" in
    *FlightRec* | *-agent* | *-javaagent*) return ;;
  esac
  made_from="$({ grep -E '^ *java\.(home|vm\.version) = ' <<<"$java_properties"; ls -l "$target/lib" "$target/spark/jars"; } \
    | grep -v '^total ' | cksum)"
  archive="$target/classes-${made_from%% *}.jsa"
  if [[ -f "$archive" && -f "$archive.complete" ]]; then
    echo "-XX:SharedArchiveFile=\"$archive\" -Xlog:cds*=off"
  elif [[ "${1-}" == make ]]; then
    for former in "$target"/classes-*.jsa*; do
      # Another run may be making this one.
      [[ "$former" == "$archive"* ]] || rm -f "$former"
    done
    echo "-XX:ArchiveClassesAtExit=\"$archive\" -Xlog:cds*=off -Dsyscallanomaly.class-archive.complete=\"$archive.complete\""
  fi
}

arguments=()
while (($#)) && [[ "$1" != -- ]]; do
  arguments+=("$1")
  shift
done
(($#)) && shift

# These options are taken out: some are merged with those of this script, the others decide where the program runs.
user_jars=""
master=""
deploy_mode=""
driver_java_options=""
spark_options=()
while (($#)); do
  case "$1" in
    --jars) user_jars="${2-}"; shift ;;
    --jars=*) user_jars="${1#*=}" ;;
    --master) master="${2-}"; shift ;;
    --master=*) master="${1#*=}" ;;
    --deploy-mode) deploy_mode="${2-}"; shift ;;
    --deploy-mode=*) deploy_mode="${1#*=}" ;;
    --driver-java-options) driver_java_options="${2-}"; shift ;;
    --driver-java-options=*) driver_java_options="${1#*=}" ;;
    *) spark_options+=("$1") ;;
  esac
  (($#)) && shift
done

find_java
is_built || build

for argument in "${arguments[@]+"${arguments[@]}"}"; do
  case "$argument" in
    -h | --help | -V | --version)
      exec "$java" -cp "$jar:$target/lib/*:${SPARK_HOME:-$target/spark}/jars/*" "$main" "${arguments[@]}"
      ;;
  esac
done

master="${master:-$(spark_property spark.master)}"
master="${master:-${MASTER-}}"
deploy_mode="${deploy_mode:-$(spark_property spark.submit.deployMode)}"
deploy_mode="${deploy_mode:-${DEPLOY_MODE:-client}}"
user_jars="${user_jars:-$(spark_property spark.jars)}"
driver_java_options="${driver_java_options:-$(spark_property spark.driver.extraJavaOptions)}"
warn_of_secrets

# A local driver has all its workers in its own process, so it listens on this machine only.
if [[ -z "$master" || "$master" == local* ]]; then
  [[ "$deploy_mode" == client ]] \
    || fail "Cannot run: deploy mode $deploy_mode needs a cluster; give its address with --master" 2
  export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
fi
# With more native threads for each worker, the workers would compete for the cores.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
# glibc otherwise keeps a pool of freed memory for each of many threads, which grows with the time that a run takes.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
# The size from which on freed memory goes back to the system at once. It is glibc's own, but glibc raises it to the
# size of what is freed, up to 32 MB, unless it is set. The arrays of the network would then stay in its pools.
export MALLOC_MMAP_THRESHOLD_="${MALLOC_MMAP_THRESHOLD_:-131072}"

driver_options=(
  # Access to the JDK's loader of modules, with which the LSTM gets its vector instructions; --add-modules would
  # print a warning. Heap regions are so large that the LSTM's arrays are not humongous.
  --add-exports=java.base/jdk.internal.module=ALL-UNNAMED
  -XX:G1HeapRegionSize=16m
  # Ten times Java's limits for its second compiler. A short run spends a third of its processor time in that
  # compiler, mostly on code that does not run long enough. Java's own limits hold for this program's classes: with
  # ten times them, the first averaging round of the sample takes 2.8 s instead of 1.6 s.
  -XX:Tier4InvocationThreshold=50000
  -XX:Tier4MinInvocationThreshold=6000
  -XX:Tier4CompileThreshold=150000
  -XX:Tier4BackEdgeThreshold=400000
  -XX:CompileCommand=quiet
  "-XX:CompileCommand=CompileThresholdScaling,syscallanomaly.*::*,0.1"
  "-Dorg.bytedeco.javacpp.platform.extension=$(native_extension)"
  # The arrays of the network lie outside the heap.
  -Dorg.bytedeco.javacpp.maxbytes="${SYSCALL_NATIVE_MEMORY:-4g}"
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0
)
log_option="-Dlog4j2.configurationFile=\"file:$home/conf/log4j2.properties\""
if [[ "$deploy_mode" != cluster ]]; then
  driver_options+=("$log_option" "-Dsyscallanomaly.terminal.columns=$(terminal_columns)")
fi
default_java_options="${driver_options[*]} $(spark_property spark.driver.defaultJavaOptions)"

# The file names come from the build on this machine; the folder is where the cluster has the files.
jars_at="${SYSCALL_JARS:-$target}"
libraries=("$target"/lib/*.jar)
jars="$(joined , "${libraries[@]/#$target/${jars_at%/}}")"
application="${jars_at%/}/syscall-anomaly.jar"

options=(
  --class "$main"
  "${spark_options[@]+"${spark_options[@]}"}"
  --deploy-mode "$deploy_mode"
)
if [[ "$deploy_mode" == client ]] && has_own_class_path; then
  options+=(--driver-class-path "$(joined : "${libraries[@]}")")
  [[ -n "$master" && "$master" != local* ]] || jars=""
  # Other jobs load too few classes.
  case "${arguments[0]-pipeline}" in
    pipeline | -*) default_java_options+=" $(archive_options make)" ;;
    *) default_java_options+=" $(archive_options)" ;;
  esac
fi
jars="${jars}${jars:+${user_jars:+,}}$user_jars"
[[ -z "$jars" ]] || options+=(--jars "$jars")
options+=(--conf "spark.driver.defaultJavaOptions=$default_java_options")
[[ -z "$master" ]] || options+=(--master "$master")
[[ -z "$driver_java_options" ]] || options+=(--driver-java-options "$driver_java_options")
[[ -n "$(spark_property spark.driver.memory)" ]] \
  || options=(--driver-memory "${SYSCALL_DRIVER_MEMORY:-4g}" "${options[@]}")

if [[ "$deploy_mode" == cluster ]]; then
  run_on_cluster
else
  submit "${options[@]}" "$application" "${arguments[@]+"${arguments[@]}"}"
fi
