"""The workloads, done with boto3.

    python3 caller.py WORKLOAD ITERATIONS RESPONSE-FILE

prints the nanoseconds of processor time, user and system, that one iteration took.
"""

import sys
import time

import boto3
from botocore.awsrequest import AWSResponse

HEADERS = {
    "content-type": "application/x-amz-json-1.0",
    "x-amzn-requestid": "c63ec8a4-1d2f-4a6c-9a0c-0a7c7f3f5a55",
}


class Body:
    """What botocore reads a response from."""

    def __init__(self, content):
        self.content = content

    def stream(self, *_args, **_kwargs):
        yield self.content


def make_client(session):
    return session.client("healthlake", region_name="us-east-1")


def start_import_job(client):
    return client.start_fhir_import_job(
        JobName="nightly",
        InputDataConfig={"S3Uri": "s3://example-clinical-records/incoming/"},
        JobOutputDataConfig={
            "S3Configuration": {
                "S3Uri": "s3://example-import-logs/healthlake/",
                "KmsKeyId": "arn:aws:kms:us-east-1:012345678910:key/d330e7fc-b56c-4216-a250-f4c43ef46e83",
            }
        },
        DatastoreId="53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11",
        DataAccessRoleArn="arn:aws:iam::012345678910:role/HealthLakeImport",
        ValidationLevel="strict",
    )


def list_import_jobs(client):
    return client.list_fhir_import_jobs(DatastoreId="53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11", MaxResults=500)


def main(workload, iterations, response_file):
    with open(response_file, "rb") as file:
        content = file.read()
    session = boto3.Session(aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    client = make_client(session)
    client.meta.events.register(
        "before-send.healthlake.*",
        lambda request, **_: AWSResponse(request.url, 200, HEADERS, Body(content)),
    )
    work = {
        "call": lambda: start_import_job(client),
        "list": lambda: list_import_jobs(client),
        "client": lambda: make_client(session),
    }[workload]
    for _ in range(iterations // 10):
        work()
    start = time.process_time_ns()
    for _ in range(iterations):
        work()
    print((time.process_time_ns() - start) // iterations)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
