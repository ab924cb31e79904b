#!/usr/bin/env bash
# Runs a job on Spark: ./submit.sh [JOB] [--conf FILE] [--set key=value]... [-- SPARK OPTIONS]
# ./submit.sh --help lists jobs, options and keys of the configuration.
#
# SPARK_HOME             use this Spark; without it, the one that Maven resolves, on this machine
# JAVA_HOME              use this Java 17
# SYSCALL_DRIVER_MEMORY  memory of the driver (4g); so does: -- --driver-memory 8g
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
  version="$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')"
  [[ "$version" == 17 ]] \
    || fail "Cannot run: $java is Java $version and Spark 3.5 needs 17; set JAVA_HOME to a JDK 17" 2
}

is_built() {
  [[ -f "$jar" && -d "$target/lib" && -d "$target/spark/jars" ]] || return 1
  local inputs=(pom.xml pipeline/pom.xml jobs/pom.xml pipeline/src/main jobs/src/main jobs/sample conf)
  local newer
  newer="$(cd "$home" && find "${inputs[@]}" -newer "$jar" -print -quit)"
  [[ -z "$newer" ]]
}

# The native libraries of this machine, where they are not those of the default build.
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
  # What is edited during the build is newer than the jar.
  local start
  start="$(mktemp)"
  (cd "$home" && mvn -B -q $(platform_profile) -Dstyle.color=never -DskipTests -Dspotless.check.skip package >&2) \
    || fail "Cannot build: see above" 1
  touch -r "$start" "$jar"
  rm "$start"
}

# AVX2 builds of the native code run where the CPU has it; elsewhere the generic ones must be asked for.
native_extension() {
  [[ -r /proc/cpuinfo ]] || return 0
  if grep -qw avx2 /proc/cpuinfo; then echo -avx2; fi
}

terminal_columns() {
  if [[ -t 2 ]]; then tput cols 2>/dev/null || echo 80; else echo 0; fi
}

# What bin/spark-submit does, with the jars that Maven resolved: Spark's launcher builds the command.
submit_with_resolved_spark() {
  export SPARK_HOME="$target/spark" SPARK_SCALA_VERSION=2.12
  local parts=() part
  while IFS= read -r -d '' part; do
    parts+=("$part")
  done < <("$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit "$@")
  # An empty part and a line end come before the command.
  ((${#parts[@]} > 2)) || fail "Cannot run: Spark's launcher failed, see above" 1
  exec "${parts[1]#$'\n'}" "${parts[@]:2}"
}

arguments=()
while (($#)) && [[ "$1" != -- ]]; do
  arguments+=("$1")
  shift
done
(($#)) && shift

# Our own jars and those of the user are one list to Spark.
jars=""
master=""
spark_options=()
while (($#)); do
  case "$1" in
    --jars) jars=",${2-}"; shift ;;
    --jars=*) jars=",${1#*=}" ;;
    --master) master="${2-}"; spark_options+=("$1" "$master"); shift ;;
    --master=*) master="${1#*=}"; spark_options+=("$1") ;;
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

libraries=("$target"/lib/*.jar)
jars="$(IFS=,; echo "${libraries[*]}")$jars"

# Nothing outside this machine needs to reach a driver that has all its workers inside.
if [[ "$master" == local* || (-z "$master" && -z "${SPARK_HOME-}") ]]; then
  export SPARK_LOCAL_IP="${SPARK_LOCAL_IP:-127.0.0.1}"
fi
# With more native threads a worker the workers only fight over the cores.
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

driver_options=(
  # Vector instructions for the LSTM, and regions in which its arrays are not humongous
  --add-modules=jdk.incubator.vector
  -XX:G1HeapRegionSize=16m
  "-Dsyscallanomaly.terminal.columns=$(terminal_columns)"
  "-Dlog4j2.configurationFile=\"file:$home/conf/log4j2.properties\""
  "-Dorg.bytedeco.javacpp.platform.extension=$(native_extension)"
  # The arrays of the network lie outside the heap.
  -Dorg.bytedeco.javacpp.maxbytes="${SYSCALL_NATIVE_MEMORY:-4g}"
  -Dorg.bytedeco.javacpp.maxphysicalbytes=0
)

set -- \
  --class "$main" \
  --driver-memory "${SYSCALL_DRIVER_MEMORY:-4g}" \
  --conf "spark.driver.defaultJavaOptions=${driver_options[*]}" \
  --jars "$jars" \
  "${spark_options[@]+"${spark_options[@]}"}" \
  "$jar" "${arguments[@]+"${arguments[@]}"}"

if [[ -n "${SPARK_HOME-}" ]]; then
  exec "$SPARK_HOME/bin/spark-submit" "$@"
else
  submit_with_resolved_spark "$@"
fi
