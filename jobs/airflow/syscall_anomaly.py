"""Trains a detector every night, promotes it if it passes its gates, and judges yesterday's traces.

Link or copy this file into the folder of the DAGs; README.md beside it explains set-up and parameters. A DAG file of
your own may hold further DAGs, one for each group of hosts:

    # Airflow reads only files that hold the words airflow and dag.
    from syscall_anomaly import detection, retraining

    retraining("web_servers", root="/data/web", training="normal/{<first>..<last>}", task_args={"pool": "spark"})
    detection("web_servers_detect", observed="/data/web/observed/<day>", dag_args={"schedule": "0 4 * * *"})
"""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pendulum
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.common.compat.sdk import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
    BaseHook,
)
from airflow.sdk import DAG, Param, chain

STEPS = ("vocabulary", "windows", "train", "fit", "score", "promote")

# Exit codes of the program.
DONE, WRONG_USE, UNUSABLE_INPUT, ALARM, NOT_PROMOTED = 0, 2, 3, 4, 5

# How masters begin that spark-submit takes.
MASTERS = ("local", "yarn", "spark://", "k8s://")

# Longest times of the tasks; a task that takes longer is stopped, and tried again from its last checkpoint.
TIMEOUTS = {"train": timedelta(hours=12)}
TIMEOUT = timedelta(hours=4)

TASK_ARGS = {
    "retries": 3,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=30),
}

DAG_ARGS = {
    "start_date": pendulum.datetime(2024, 1, 1),
    "catchup": False,
    # A run replaces rows and, at its end, the current detector.
    "max_active_runs": 1,
}

# The folder of the project: where this file really is, unless the environment of Airflow names another.
PROJECT = os.environ.get("SYSCALL_ANOMALY_HOME", str(Path(__file__).resolve().parents[2]))

COMMON_PARAMS = {
    "project": Param(PROJECT, type="string", description="Folder of the project, which holds submit.sh"),
    "connection": Param("spark_default", type="string", description="Connection of type Spark; its host is the master"),
    "workspace": Param(
        "", type="string", description="Folder or URI of runs and metric tables; empty: workspace in the project"
    ),
    "configuration": Param("sample.conf", type="string", description="Configuration: a name, a file or a URI"),
    "settings": Param({}, type="object", description="Keys of the configuration that win over all others"),
    "spark": Param({}, type="object", description="Spark properties, such as spark.executor.memory"),
}

PLACEHOLDERS = "<first> and <last> stand for the days of the data window, <day> for the last one"

TRAINING_PARAMS = {
    "root": Param("", type="string", description="traces.root; empty, as for the next three: the configuration decides"),
    "training": Param("", type="string", description=f"traces.training; {PLACEHOLDERS}"),
    "validation": Param("", type="string", description=f"traces.validation; {PLACEHOLDERS}"),
    "attack": Param("", type="string", description=f"traces.attack; {PLACEHOLDERS}"),
    "days": Param(30, type="integer", minimum=1, description="Length of the data window, which ends with yesterday"),
    "date_format": Param("%Y-%m-%d", type="string", description="How the days are written in names of files"),
}

DETECTION_PARAMS = {
    "detector": Param("current", type="string", description="Detector: current, a run, or a folder"),
    "observed": Param("", type="string", description=f"traces.observed; {PLACEHOLDERS}"),
    "days": Param(1, type="integer", minimum=1, description="Length of the data window, which ends with yesterday"),
    "date_format": TRAINING_PARAMS["date_format"],
}

# The key of the configuration that a parameter sets.
KEYS = {
    "root": "traces.root",
    "training": "traces.training",
    "validation": "traces.validation",
    "attack": "traces.attack",
    "observed": "traces.observed",
    "detector": "detector",
}


class SyscallAnomalyOperator(SparkSubmitOperator):
    """Runs a job of the program on the cluster of a Spark connection.

    What spark-submit needs besides the connection comes from submit.sh, so that a task and a run by hand are the same.
    A task is tried again only if that can help. Its figures are its XComs.

    :param job: name of the job; also the name of the task if that is not given
    :param run_prefix: the name of the run is this and the logical date, so that a task which is repeated, even in a
        backfill, replaces what it wrote before
    """

    ui_color = "#e8f0f8"

    def __init__(self, *, job: str, run_prefix: str, task_id: str | None = None, **kwargs: Any) -> None:
        # Durable tracking would ask the cluster about the driver. submit.sh waits for it and knows its exit code.
        super().__init__(task_id=task_id or job, name="", durable=False, **kwargs)
        self.job = job
        self.run_prefix = run_prefix

    def execute(self, context: Any) -> None:
        params = dict(context["params"])
        unknown = sorted(set(params) - set(context["dag"].params))
        if unknown:
            raise AirflowFailException(
                f"Cannot run {self.job}: there is no parameter {', '.join(unknown)}; "
                f"the parameters are {', '.join(sorted(context['dag'].params))}"
            )
        project = Path(params["project"])
        script = project / "jobs" / "airflow" / "spark-submit"
        if not os.access(script, os.X_OK):
            raise AirflowFailException(
                f"Cannot run {self.job}: {script} is no program; "
                "set the parameter project or SYSCALL_ANOMALY_HOME to the folder of syscall-anomaly"
            )
        require_connection(params["connection"], self.job)
        if self.job == "promote" and context["dag_run"].run_type == "backfill":
            raise AirflowSkipException("A backfill promotes nothing, because its data are older than the current detector's")

        self._conn_id = params["connection"]
        self.conf = params["spark"]
        self._spark_binary = str(script)
        self.application = "syscall-anomaly"
        with TemporaryDirectory(prefix="syscall-anomaly-") as folder:
            result = Path(folder, "result.json")
            self.application_args = [*self.arguments(context, params), "--result", str(result)]
            self._submit()
            self._tell(context, Outcome.read(result, self._hook))

    def arguments(self, context: Any, params: dict[str, Any]) -> list[str]:
        """The command line of the program."""
        workspace = params["workspace"] or str(Path(params["project"], "workspace"))
        settings = {"run.id": run_id(self.run_prefix, context), "workspace": workspace}
        for name, key in KEYS.items():
            if params.get(name):
                settings[key] = with_days(params[name], name, context, params)
        settings.update(params["settings"])
        arguments = [self.job, "--conf", params["configuration"]]
        for key, value in settings.items():
            arguments += ["--set", f"{key}={value if isinstance(value, str) else json.dumps(value)}"]
        return arguments

    def _submit(self) -> None:
        self._hook = self._get_hook()
        master = self._hook._connection["master"]
        if not master.startswith(MASTERS):
            raise AirflowFailException(
                f"Cannot run {self.job}: the connection {self._conn_id} names the master {master}; "
                f"its host must be local[*], yarn, or begin with spark:// or k8s://"
            )
        # The hook would ask the master's REST server, which starts drivers without their environment.
        self._hook._should_track_driver_status = False
        try:
            self._hook.submit(self.application)
        except AirflowException as failure:
            # What the program itself said counts, and the log shows it.
            self.log.debug("%s", failure)

    def _tell(self, context: Any, outcome: Outcome) -> None:
        for name, value in outcome.figures.items():
            context["ti"].xcom_push(key=name, value=value)
        if outcome.exit_code == NOT_PROMOTED or outcome.figures.get("promoted") is False:
            raise AirflowSkipException(outcome.figures.get("reason", "Not promoted, see above"))
        if outcome.exit_code == ALARM:
            raise AirflowFailException(f"{outcome.figures.get('alarms')} traces raise an alarm, see above")
        if outcome.exit_code in (WRONG_USE, UNUSABLE_INPUT):
            raise AirflowFailException(outcome.complaint)
        if outcome.exit_code != DONE:
            raise AirflowException(outcome.complaint)


class Outcome:
    """How a job ended: its exit code, what it complained about, and its figures."""

    def __init__(self, exit_code: int, complaint: str, figures: dict[str, Any]) -> None:
        self.exit_code = exit_code
        self.complaint = complaint
        self.figures = figures

    @classmethod
    def read(cls, result: Path, hook: Any) -> Outcome:
        """Reads the file that the program writes as it ends. If it was killed or never started, the process tells."""
        try:
            told = json.loads(result.read_text())
        except (OSError, ValueError):
            code = hook._submit_sp.returncode
            tail = " ".join(list(hook._last_submit_log_lines)[-1:])
            return cls(code or 1, f"The job told no result; spark-submit ended with {code}: {tail}", {})
        complaint = " / ".join(told["complaints"].splitlines()) or f"The job ended with {told['exitCode']}, see above"
        return cls(told["exitCode"], complaint, told["figures"])


def require_connection(connection: str, job: str) -> None:
    """Fails if there is no such connection; the hook would submit to YARN."""
    try:
        BaseHook.get_connection(connection)
    except AirflowNotFoundException:
        raise AirflowFailException(
            f"Cannot run {job}: there is no connection {connection}; "
            f"do: airflow connections add {connection} --conn-type spark --conn-host 'local[*]'"
        ) from None


def run_id(prefix: str, context: Any) -> str:
    """The name of the run: the same for every try of a logical date."""
    run = context["dag_run"]
    return f"{prefix}-{(run.logical_date or run.run_after).strftime('%Y-%m-%dT%H%M%S')}"


def with_days(text: str, name: str, context: Any, params: dict[str, Any]) -> str:
    """Puts the days of the data window for their placeholders. The last one is the day before the run is due."""
    due = pendulum.instance(context.get("data_interval_end") or context["dag_run"].run_after)
    last = due.in_timezone(context["dag"].timezone).subtract(days=1)
    days = {"first": last.subtract(days=params["days"] - 1), "last": last, "day": last}

    def day(match: re.Match[str]) -> str:
        if match[1] not in days:
            raise AirflowFailException(f"Cannot use {name} = {text}: {match[0]} is none of <first>, <last>, <day>")
        return days[match[1]].strftime(params["date_format"])

    return re.sub(r"<(\w+)>", day, text)


def dag(
    dag_id: str,
    jobs: tuple[str, ...],
    known: dict[str, Param],
    defaults: dict[str, Any],
    task_args: dict[str, Any],
    dag_args: dict[str, Any],
) -> DAG:
    """A DAG whose tasks run jobs one after another."""
    unknown = sorted(set(defaults) - set(known))
    if unknown:
        raise ValueError(f"Cannot make the DAG {dag_id}: there is no parameter {', '.join(unknown)}")
    with DAG(
        dag_id,
        params={name: changed(param, defaults, name) for name, param in known.items()},
        default_args={**TASK_ARGS, **task_args},
        doc_md=__doc__,
        tags=["syscall-anomaly"],
        # Else a file that imports this one would be taken for the home of its DAGs, too.
        auto_register=False,
        **{**DAG_ARGS, **dag_args},
    ) as made:
        chain(
            *[
                SyscallAnomalyOperator(job=job, run_prefix=dag_id, execution_timeout=TIMEOUTS.get(job, TIMEOUT))
                for job in jobs
            ]
        )
    return made


def changed(param: Param, defaults: dict[str, Any], name: str) -> Param:
    """A parameter with another default."""
    if name not in defaults:
        return param
    return Param(defaults[name], description=param.description, **param.schema)


def retraining(dag_id: str, *, task_args: Any = None, dag_args: Any = None, **defaults: Any) -> DAG:
    """A DAG that trains, evaluates and promotes a detector.

    :param task_args: what Airflow takes for tasks: pool, queue, retries, callbacks, ...
    :param dag_args: what Airflow takes for DAGs: schedule, start_date, ...
    :param defaults: defaults of the DAG's parameters
    """
    known = {**COMMON_PARAMS, **TRAINING_PARAMS}
    return dag(dag_id, STEPS, known, defaults, task_args or {}, {"schedule": "0 2 * * *", **(dag_args or {})})


def detection(dag_id: str, *, task_args: Any = None, dag_args: Any = None, **defaults: Any) -> DAG:
    """A DAG that judges yesterday's traces; its arguments are like those of retraining."""
    known = {**COMMON_PARAMS, **DETECTION_PARAMS}
    return dag(dag_id, ("detect",), known, defaults, task_args or {}, {"schedule": "0 5 * * *", **(dag_args or {})})


syscall_anomaly_retrain = retraining("syscall_anomaly_retrain")
syscall_anomaly_detect = detection("syscall_anomaly_detect")
