"""What the two SDKs' declarations have in common."""

COMMON = [
    "--checkpoint-path", "{{.checkpointOutputPrefix}}",
    "--prev-checkpoint", "{{.prevCheckpointPrefix}}",
]

FLYTE_1 = [
    "--inputs", "{{.input}}",
    "--output-prefix", "{{.outputPrefix}}",
    "--raw-output-data-prefix", "{{.rawOutputDataPrefix}}",
    *COMMON,
]

FLYTE_2 = [
    "--inputs", "{{.input}}",
    "--outputs-path", "{{.outputPrefix}}",
    "--raw-data-path", "{{.rawOutputDataPrefix}}",
    *COMMON,
    "--run-name", "{{.runName}}",
    "--name", "{{.actionName}}",
    "--run-start-time", "{{.runStartTime}}",
]

#: Java takes a quarter of the container's memory unless it is told to take more.
JAVA_OPTIONS = ("-XX:MaxRAMPercentage=75",)

PLUGIN = {"spark.plugins": "io.github.flytehadoop.spark.FlyteSparkPlugin"}

ELSEWHERE = "It runs on the JVM in its container: execute it on a cluster."


def words(first, own):
    """The options of the platform, then the program's own arguments."""
    return [*first, "--", *own] if own else list(first)


def java(class_path, java_options, main_class):
    return ["java", *java_options, "-cp", class_path, main_class]


def spark_job(messages, main_class, application, spark_conf, hadoop_conf):
    """The SparkJob of a task, of the messages that either SDK brings."""
    from google.protobuf.json_format import MessageToDict

    return MessageToDict(messages.SparkJob(
        applicationType=messages.SparkApplication.JAVA,
        mainApplicationFile=application,
        mainClass=main_class,
        sparkConf={**PLUGIN, **(spark_conf or {})},
        hadoopConf=hadoop_conf or {},
    ))
