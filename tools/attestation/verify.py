"""Reads an attestation of credence with other people's code: securesystemslib verifies the envelope, in-toto-attestation the
statement, and the predicate's own protocol buffer the test result, with no field that it does not know.

Usage: python verify.py ATTESTATION PUBLIC_KEY
Prints the result and the subjects as JSON; ends with 1 where anything does not hold.
"""

import hashlib
import json
import sys

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from google.protobuf.json_format import Parse, ParseDict
from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult
from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as StatementPb
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def main(attestation, public_key):
    with open(public_key, "rb") as file:
        key = load_pem_public_key(file.read())
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    with open(attestation, encoding="utf-8") as file:
        envelope = Envelope.from_dict(json.load(file))
    envelope.verify([SSlibKey.from_crypto(key, keyid=hashlib.sha256(der).hexdigest())], 1)
    if envelope.payload_type != "application/vnd.in-toto+json":
        raise ValueError(envelope.payload_type)
    statement = Statement.copy_from_pb(Parse(envelope.payload, StatementPb()))
    statement.validate()
    if statement.pb.predicate_type != "https://in-toto.io/attestation/test-result/v0.1":
        raise ValueError(statement.pb.predicate_type)
    result = ParseDict(json.loads(envelope.payload)["predicate"], TestResult())
    for descriptor in result.configuration:
        ResourceDescriptor.copy_from_pb(descriptor).validate()
    subjects = {subject.name: subject.digest["sha256"] for subject in statement.pb.subject}
    print(json.dumps({"result": result.result, "passed": list(result.passed_tests), "subjects": subjects}))


if __name__ == "__main__":
    main(*sys.argv[1:])
