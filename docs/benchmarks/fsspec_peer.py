"""What flytekit does for a put or a get of a directory: its own FileAccessProvider, over s3fs."""
import os
import sys

from flytekit.configuration import Config, DataConfig, S3Config
from flytekit.core.data_persistence import FileAccessProvider

config = DataConfig(s3=S3Config(endpoint=os.environ["AWS_ENDPOINT_URL"], access_key_id=os.environ["AWS_ACCESS_KEY_ID"],
                                secret_access_key=os.environ["AWS_SECRET_ACCESS_KEY"]))
provider = FileAccessProvider("/tmp/flytekit-bench", "s3://bench/raw", data_config=config)
verb, source, target = sys.argv[1:4]
many = os.path.isdir(source) if verb == "put" else "--directory" in sys.argv
if verb == "put":
    provider.put_data(source, target, is_multipart=many)
else:
    provider.get_data(source, target, is_multipart=many)
