"""Tries deploy/s3/policy.json on the real server: the policy becomes that of a session of its own (STS), so that no other
program is needed to make a user. Prints {what was tried: "ok" or the server's code} as JSON."""
import json
import os
import pathlib

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

BUCKETS = ["aisha-v2-generated", "aisha-v2-templates", "aisha-v2-temp"]
policy = (pathlib.Path(__file__).resolve().parents[2] / "deploy/s3/policy.json").read_text()
session = botocore.session.get_session()
place = {"endpoint_url": os.environ["AISHA_TEST_S3"], "region_name": "us-east-1"}
root = {"aws_access_key_id": os.environ["AISHA_TEST_S3_ACCESS_KEY"],
        "aws_secret_access_key": os.environ["AISHA_TEST_S3_SECRET_KEY"]}
admin = session.create_client("s3", config=Config(signature_version="s3v4"), **place, **root)
for bucket in [*BUCKETS, "somebody-elses"]:
    try:
        admin.create_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] != "BucketAlreadyOwnedByYou":
            raise
admin.put_object(Bucket="somebody-elses", Key="a", Body=b"x")
given = session.create_client("sts", **place, **root).assume_role(
    RoleArn="arn:aws:iam::000000000000:role/aisha", RoleSessionName="aisha", Policy=policy)["Credentials"]
aisha = session.create_client("s3", config=Config(signature_version="s3v4"), **place,
                              aws_access_key_id=given["AccessKeyId"], aws_secret_access_key=given["SecretAccessKey"],
                              aws_session_token=given["SessionToken"])
outcomes = {}


def attempt(name, call, **words):
    try:
        call(**words)
        outcomes[name] = "ok"
    except ClientError as error:
        outcomes[name] = error.response["Error"]["Code"]


for bucket in BUCKETS:
    attempt(f"{bucket}: find", aisha.head_bucket, Bucket=bucket)
    attempt(f"{bucket}: put", aisha.put_object, Bucket=bucket, Key="2026/01/02/policy.jpg", Body=b"x")
    attempt(f"{bucket}: get", aisha.get_object, Bucket=bucket, Key="2026/01/02/policy.jpg")
    attempt(f"{bucket}: delete", aisha.delete_object, Bucket=bucket, Key="2026/01/02/policy.jpg")
    attempt(f"{bucket}: delete the bucket", aisha.delete_bucket, Bucket=bucket)
attempt("make a bucket", aisha.create_bucket, Bucket="another")
attempt("read another's", aisha.get_object, Bucket="somebody-elses", Key="a")
attempt("write another's", aisha.put_object, Bucket="somebody-elses", Key="b", Body=b"x")
attempt("open a bucket to all", aisha.put_bucket_policy, Bucket=BUCKETS[0], Policy=policy)
print(json.dumps(outcomes))
