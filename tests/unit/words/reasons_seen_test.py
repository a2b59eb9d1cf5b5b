"""Every error reason that a method lists was met in a test: by what the tests of the engine noted, each program in a file of its own."""
import os
import re
import sys
import unittest

import sentences
from protos_test import SERVICES, reasons_of, rpcs_of

SEEN = os.environ.get('ATTAIN_SEEN_REASONS', '')
PROGRAMS = os.environ.get('ATTAIN_ENGINE_TESTS', '').split()
# Their ports answer these, not the engine: their own tests meet their reasons (tests/robustness, tests/unit/rpc).
OF_PORTS = {'UploadDocument', 'ExtractDocument', 'Watch'}
# Listed and not met yet: each is to be met by a test, or taken off its row.
NOT_MET = {}


def seen_pairs():
    pairs = set()
    for program in PROGRAMS:
        path = os.path.join(SEEN, program)
        if os.path.exists(path):
            with open(path, encoding='utf-8') as file:
                pairs.update(tuple(line.split()) for line in file)
    return pairs


class SeenTest(unittest.TestCase):
    maxDiff = None

    def test_each_reason_of_each_row(self):
        seen = seen_pairs()
        self.assertGreater(len(seen), 50)
        missing = [f'{name} {reason}' for path in SERVICES for name, _, row in rpcs_of(sentences.read(path)) if name not in OF_PORTS
                   for reason in reasons_of(row)
                   if (name, f'ERROR_REASON_{reason}') not in seen and reason not in NOT_MET.get(name, ())]
        met = [f'{name} {reason}' for name, reasons in NOT_MET.items() for reason in reasons if (name, f'ERROR_REASON_{reason}') in seen]
        self.assertEqual(met, [], 'met now: take them out of NOT_MET')
        self.assertEqual(missing, [], 'no test meets them: list what can happen, and test it')


if __name__ == '__main__':
    if not PROGRAMS or any(not os.path.exists(os.path.join(SEEN, program)) for program in PROGRAMS):
        print('not all tests of the engine have run: run ctest as a whole')
        sys.exit(77)
    unittest.main()
