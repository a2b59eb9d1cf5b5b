"""What the API says of itself: the error reasons that the rows of its methods list, and that what is cited exists."""
import os
import re
import unittest

import sentences

PROTOS = [path for path in sentences.sources('proto', endings=('.proto',))]
SERVICES = [path for path in PROTOS if path.endswith('_service.proto')]


def rpcs_of(text):
    """(name, comment right above it, row between its braces) of each RPC."""
    for match in re.finditer(r'((?:^ *//[^\n]*\n)*)^ *rpc (\w+)\([^{;]*(\{.*?^  }|;)', text, re.M | re.S):
        yield match[2], ' '.join(line.strip().lstrip('/').strip() for line in match[1].splitlines()), match[3]


def reasons_of(row):
    """The reasons in `errors`; [] where there are none."""
    match = re.search(r'\berrors: \[([^\]]*)\]', row)
    return re.findall(r'ERROR_REASON_([A-Z_]+)', match[1]) if match else []


def enum_values():
    return {value for path in PROTOS for value in re.findall(r'^ *([A-Z][A-Z0-9_]+) = \d+', sentences.read(path), re.M)}


class RpcTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rpcs = [(path, name, comment) for path in SERVICES for name, comment, _ in rpcs_of(sentences.read(path))]
        cls.rows = [(path, name, reasons_of(row)) for path in SERVICES for name, _, row in rpcs_of(sentences.read(path))]
        cls.values = enum_values()
        cls.reasons = {value[len('ERROR_REASON_'):] for value in cls.values if value.startswith('ERROR_REASON_')} - {'UNSPECIFIED'}
        text = sentences.read('proto/attain/v1/error.proto')
        cls.common = set(re.findall(r'[A-Z][A-Z_]+', re.search(r'Any method can answer (.*?)\nenum ', text, re.S)[1]))

    def test_rows_list_reasons_that_exist(self):
        self.assertEqual(len(self.rpcs), sum(sentences.read(path).count('  rpc ') for path in SERVICES))
        self.assertGreater(len(self.rpcs), 45)
        self.assertGreater(sum(bool(reasons) for _, _, reasons in self.rows), 40)
        for path, name, reasons in self.rows:
            with self.subTest(rpc=f'{path}: {name}'):
                self.assertEqual(set(reasons) - self.reasons, set(), 'not in ErrorReason (error.proto)')
                self.assertEqual(len(reasons), len(set(reasons)), 'there twice')

    def test_what_looks_like_a_name_is_one(self):
        known = self.reasons | self.values | {value.split('_', count)[-1] for value in self.values for count in range(1, 5)}
        for path, name, comment in self.rpcs:
            with self.subTest(rpc=f'{path}: {name}'):
                self.assertEqual(set(re.findall(r'\b[A-Z]+(?:_[A-Z]+)+\b', comment)) - known, set())

    def test_every_reason_is_listed(self):
        listed = self.common.union(*(reasons for _, _, reasons in self.rows))
        self.assertEqual(self.common - self.reasons, set())
        self.assertEqual(self.reasons - listed, set(), 'no row lists them, nor the comment of ErrorReason')


class CitedTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folders = ('common', 'service', 'storage', 'clients', 'proto', 'tests', 'scripts', 'cmake')
        paths = sentences.sources(*folders, endings=('.cc', '.h', '.proto', '.py', '.md', '.txt', '.cmake')) + ['README.md', 'ARCHITECTURE.md',
                                                                                                              'CONTRIBUTING.md', 'RULES.md']
        cls.texts = {}
        for path in paths:
            with open(os.path.join(sentences.ROOT, path), encoding='utf-8', errors='replace') as file:
                cls.texts[path] = file.read()

    def test_no_file_names_a_page_that_is_not_here(self):
        page = 'domain' + '.md'
        self.assertEqual([path for path, text in self.texts.items() if page in text], [], 'cite RULES.md')

    def test_cited_sections_of_the_rules_exist(self):
        there = set(re.findall(r'^## (\d+(?:\.\d+)?) ', sentences.read('RULES.md'), re.M))
        there |= {section.split('.')[0] for section in there}
        cited = 0
        for path, text in self.texts.items():
            for match in re.finditer(r'RULES(?:\.md`? sections?)? (\d+(?:\.\d+)?)', text):
                cited += 1
                with self.subTest(place=f'{path}:{text.count(chr(10), 0, match.start()) + 1}'):
                    self.assertIn(match[1], there)
        self.assertGreater(cited, 50)


class ScanTest(unittest.TestCase):
    def test_comments_and_rows(self):
        text = ('  // One.\n  // Two.\n  rpc X(Y) returns (Z) {\n    option (call) = {\n      errors: [ERROR_REASON_A_B,\n        ERROR_REASON_C]\n'
                '    };\n  }\n  rpc Bare(Y) returns (Z);\n')
        self.assertEqual([(name, comment, reasons_of(row)) for name, comment, row in rpcs_of(text)],
                         [('X', 'One. Two.', ['A_B', 'C']), ('Bare', '', [])])


if __name__ == '__main__':
    unittest.main()
