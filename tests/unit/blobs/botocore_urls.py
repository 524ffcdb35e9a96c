#!/usr/bin/env python3
"""What Amazon's own SDK signs: one JSON object a line, for botocore_test.cpp. Exit 77 when botocore is not installed."""
import json
import sys

try:
    from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
    from botocore.awsrequest import AWSRequest
    from botocore.credentials import Credentials
except ImportError:
    sys.exit(77)
from urllib.parse import parse_qsl, quote, urlsplit

REGION = "eu-central-1"
WHO = Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
KEYS = ["2026/01/15/0192f.jpg", "ключ/кот и пёс.jpg", "a+b=c&d/?#%20'()*!~.jpg", "p//q", "\U0001f431.webp"]
BASES = ["https://pictures.example.org", "http://127.0.0.1:9000", "https://aisha-v2-generated.s3.example.org"]


def main() -> None:
    for base in BASES:
        for key in KEYS:
            path = "/aisha-v2-generated/" + key
            for method, lifetime in (("GET", 600), ("HEAD", 1), ("GET", 604800)):
                request = AWSRequest(method=method, url=base + quote(path, safe="/~"))
                S3SigV4QueryAuth(WHO, "s3", REGION, expires=lifetime).add_auth(request)
                query = dict(parse_qsl(urlsplit(request.url).query))
                print(json.dumps({"kind": "link", "method": method, "base": base, "path": path, "lifetime": lifetime,
                                  "date": query["X-Amz-Date"], "signed": request.url}))
    for method, query, headers, body in (
            ("PUT", {}, {"content-type": "image/jpeg", "x-amz-checksum-sha256": "YQ=="}, b"\xff\xd8 bytes"),
            ("GET", {}, {}, b""),
            ("GET", {"list-type": "2", "prefix": "2026/01 é", "delimiter": "/"}, {}, b""),
            ("POST", {"delete": ""}, {"content-type": "application/xml"}, b"<Delete/>")):
        url = "https://s3.example.org/aisha-v2-generated/" + quote("кот 1.jpg")
        request = AWSRequest(method=method, url=url, params=query, headers=headers, data=body)
        S3SigV4Auth(WHO, "s3", REGION).add_auth(request)
        print(json.dumps({"kind": "headers", "method": method, "path": "/aisha-v2-generated/кот 1.jpg", "query": query,
                          "headers": headers, "payload": request.headers["X-Amz-Content-SHA256"],
                          "date": request.headers["X-Amz-Date"], "signed": request.headers["Authorization"]}))


main()
