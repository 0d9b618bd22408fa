"""
A study of the rows of every data interval, published when all of it is certified.

    study     spark-submit of ``relupath study --resume`` into OUTPUT/_staged/INTERVAL/RUN
    publish   checks the figures, then copies the study to OUTPUT/INTERVAL, manifest.json last
    clean_up  removes OUTPUT/_staged/INTERVAL

Whoever reads OUTPUT/INTERVAL looks for its manifest.json: where there is one the study is whole and certified. A reader
that ends with the manifest it began with has read one study, whatever was published meanwhile.

Every task can be tried again, and may overlap with a try that Airflow has given up on: a study goes on with the paths
that earlier tries of its run have done and is refused while another process writes it, and a publication makes whole
files only. Another run of the interval, such as a backfill, solves it anew; a published study of the same settings, rows
and code must then have the same bytes and stays as it is, one of others is replaced.

The environment of Airflow says:

    RELUPATH_INPUT          rows of an interval; a template, such as s3a://rows/{{ data_interval_start | ds }}.parquet
    RELUPATH_OUTPUT         folder of the studies, which driver, executors and Airflow's workers reach by this name
                            and in which a folder is renamed at once (not an object store)
    RELUPATH_CONFIG         file of the study; its data set ``rows`` is the one that gets the input (conf/interval.conf)
    RELUPATH_TOLERANCE      largest relative gap to publish (1e-3); a run may say another as parameter ``tolerance``
    RELUPATH_HOME           folder of relupath, built (the one that this file is in)
    RELUPATH_BLAS           BLAS/LAPACK library, the same path on every machine, or java (that of the build, else java)
    RELUPATH_PROPERTIES     file of Spark properties, such as conf/spark-yarn.conf (that of the Spark distribution)
    RELUPATH_EVENTS         folder of Spark's event logs, which is there; the files of conf put them into it
    RELUPATH_CONNECTION     Airflow's connection: master and deploy mode, client (spark_default)
    RELUPATH_SCHEDULE       cron expression of the intervals, in UTC (@daily)
    RELUPATH_RETRIES        how often a task is tried again (3)
    RELUPATH_RETRY_SECONDS  how long after, doubled each time (60)
"""

import json
import os
import uuid
from datetime import datetime, timedelta, timezone
from math import prod
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, ObjectStoragePath, Param, task
from airflow.sdk.exceptions import AirflowFailException

MANIFEST = "manifest.json"
# Files that tell seconds, and tables in parquet, whose files Spark names at random: no part of "the same bytes".
APART = ("units.csv", "summary.json", ".parquet")


def setting(name: str, otherwise: str | None = None) -> str:
    value = os.environ.get(f"RELUPATH_{name}") or otherwise
    if value is None:
        raise ValueError(f"RELUPATH_{name} is not set in the environment of Airflow")
    return value


def refusal(study: ObjectStoragePath, tolerance: float) -> str | None:
    """Why a finished study is not to be published; None where all of it is certified to the tolerance."""
    if not (study / MANIFEST).exists():
        return f"{study} has no {MANIFEST}"
    summary = json.loads((study / "summary.json").read_text())
    if summary["status"] != "optimal":
        return f"status {summary['status']}, expected optimal"
    gap = summary["worstRelativeGap"]
    if not (gap <= tolerance and summary["tolerance"] <= tolerance):
        return f"relative gap {gap} (asked {summary['tolerance']}), expected at most {tolerance}"
    axes = [len(summary[axis]) for axis in ("dataSets", "models", "gateCounts", "seeds")]
    rows = prod(axes) * summary["folds"] * summary["lambdas"]
    if summary["rows"] != rows:
        return f"{summary['rows']} rows, expected {rows}"
    for data in summary["dataSets"]:
        for model in summary["models"]:
            network = f"networks/{data}/{model}/network.json"
            if not (study / network).exists():
                return f"{study} has no {network}"
            results = study / f"results/dataset={data}/model={model}"
            if not any(name.endswith(".parquet") for name in files(results)):
                return f"{study} has no rows of {data} {model} in results"
    return None


def files(folder: ObjectStoragePath) -> list[str]:
    if not folder.exists():
        return []
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def put(staged: ObjectStoragePath, published: ObjectStoragePath, name: str) -> None:
    """Copies a file so that it appears whole."""
    target = published / name
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f".{target.name}.{uuid.uuid4()}"
    aside.write_bytes((staged / name).read_bytes())
    aside.replace(target)


def origin(study: ObjectStoragePath) -> dict:
    """What a study was made from: its manifest without its files, whose times differ."""
    manifest = json.loads((study / MANIFEST).read_text())
    return {key: value for key, value in manifest.items() if key not in ("files", "hash")}


def same(staged: ObjectStoragePath, published: ObjectStoragePath) -> bool:
    """Whether two studies of one origin have the same bytes, times aside."""

    def compared(study: ObjectStoragePath) -> list[str]:
        # What begins with a dot is another try's, on its way.
        return [
            name
            for name in files(study)
            if name != MANIFEST and not name.endswith(APART) and "/." not in f"/{name}"
        ]

    return compared(staged) == compared(published) and all(
        (staged / name).read_bytes() == (published / name).read_bytes() for name in compared(staged)
    )


def put_in_place(staged: ObjectStoragePath, published: ObjectStoragePath) -> str:
    """Makes ``published`` what ``staged`` is, without a moment at which half of it has a manifest."""
    manifest = published / MANIFEST
    if manifest.exists():
        if origin(published) == origin(staged):
            if not same(staged, published):
                raise AirflowFailException(
                    f"{staged} and {published} differ, made by the same code from the same rows and settings"
                )
            return f"{published} is there already, with the same bytes"
        manifest.unlink()
    names = files(staged)
    for name in names:
        if name != MANIFEST:
            put(staged, published, name)
    for name in set(files(published)) - set(names):
        (published / name).unlink()
    put(staged, published, MANIFEST)
    return f"published {published}"


HOME = Path(setting("HOME", str(Path(__file__).resolve().parents[2])))
BUNDLED = HOME / "core/target/native/libopenblas.so.0"
BLAS = setting("BLAS", str(BUNDLED) if BUNDLED.is_file() else "java")
# libgfortran and libquadmath lie beside the bundled library.
LIBRARIES = {} if BLAS == "java" else {
    f"spark.{part}.extraLibraryPath": str(Path(BLAS).parent) for part in ("driver", "executor")
}
INTERVAL = "{{ data_interval_start | ts_nodash }}"
PUBLISHED = f"{setting('OUTPUT')}/{INTERVAL}"
UNPUBLISHED = f"{setting('OUTPUT')}/_staged/{INTERVAL}"
# Hadoop's file systems take no colons in names.
STAGED = UNPUBLISHED + "/{{ run_id | replace(':', '') | replace('+', '_') }}"

with DAG(
    dag_id="relupath_study",
    description="A certified study of the rows of every interval",
    doc_md=__doc__,
    schedule=CronDataIntervalTimetable(setting("SCHEDULE", "@daily"), timezone="UTC"),
    start_date=datetime(2000, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    # A study uses all executors that it can get.
    max_active_runs=1,
    params={
        "tolerance": Param(
            float(setting("TOLERANCE", "1e-3")), type="number", exclusiveMinimum=0, exclusiveMaximum=1
        )
    },
    default_args={
        "retries": int(setting("RETRIES", "3")),
        "retry_delay": timedelta(seconds=float(setting("RETRY_SECONDS", "60"))),
        "retry_exponential_backoff": 2,
    },
    tags=["relupath"],
):
    # Its exit status fails the task: 2 where the rows are bad or another process is at this study, 3 where a path or a
    # network misses the tolerance. All are tried again: rows may come late, and the other process ends.
    study = SparkSubmitOperator(
        task_id="study",
        conn_id=setting("CONNECTION", "spark_default"),
        properties_file=os.environ.get("RELUPATH_PROPERTIES") or None,
        name="relupath-study",
        java_class="org.relupath.spark.jobs.Main",
        application=str(HOME / "spark-jobs/target/relupath.jar"),
        application_args=[
            "study",
            "--config",
            setting("CONFIG", str(HOME / "conf/interval.conf")),
            "--set",
            f"datasets.rows.input={setting('INPUT')}",
            "--tolerance",
            "{{ params.tolerance }}",
            "--output",
            STAGED,
            "--resume",
        ],
        conf={
            **LIBRARIES,
            # As submit-scripts/relupath has it.
            "spark.executorEnv.RELUPATH_BLAS": BLAS,
            # Tasks are the parallelism, not BLAS.
            "spark.executorEnv.OPENBLAS_NUM_THREADS": "1",
            # The task's log is for people.
            "spark.log.level": "WARN",
        },
        env_vars={"OPENBLAS_NUM_THREADS": "1", "RELUPATH_BLAS": BLAS},
    )

    @task(outlets=[Asset("relupath_study")])
    def publish(staged: str, published: str, params: dict | None = None) -> str:
        source = ObjectStoragePath(staged)
        reason = refusal(source, params["tolerance"])
        if reason:
            # Trying again cannot change it.
            raise AirflowFailException(f"not published: {reason}")
        return put_in_place(source, ObjectStoragePath(published))

    @task
    def clean_up(unpublished: str) -> None:
        folder = ObjectStoragePath(unpublished)
        if folder.exists():
            folder.rmdir(recursive=True)

    study >> publish(STAGED, PUBLISHED) >> clean_up(UNPUBLISHED)
