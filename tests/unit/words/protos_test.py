"""What the API says of itself: every RPC lists its error reasons, and what is cited exists."""
import os
import re
import unittest

import sentences

PROTOS = [path for path in sentences.sources('proto', endings=('.proto',))]
SERVICES = [path for path in PROTOS if path.endswith('_service.proto')]
NONE = 'none of its own'


def comments_of_rpcs(text):
    """(name, comment) of each RPC; the comment stands right above it."""
    for match in re.finditer(r'((?:^ *//[^\n]*\n)*)^ *rpc (\w+)\(', text, re.M):
        yield match[2], ' '.join(line.strip().lstrip('/').strip() for line in match[1].splitlines())


def reasons_of(comment):
    """Names behind "Reasons:", [] where there are none of its own, None where nothing is said."""
    match = re.search(r'Reasons: ([^.]*)\.', comment)
    if match is None:
        return None
    names = re.findall(r'\b[A-Z][A-Z_]+\b', match[1])
    return names if names or match[1] == NONE else None


def enum_values():
    return {value for path in PROTOS for value in re.findall(r'^ *([A-Z][A-Z0-9_]+) = \d+', sentences.read(path), re.M)}


class RpcTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rpcs = [(path, name, comment) for path in SERVICES for name, comment in comments_of_rpcs(sentences.read(path))]
        cls.values = enum_values()
        cls.reasons = {value[len('ERROR_REASON_'):] for value in cls.values if value.startswith('ERROR_REASON_')} - {'UNSPECIFIED'}
        text = sentences.read('proto/attain/v1/error.proto')
        cls.common = set(re.findall(r'[A-Z][A-Z_]+', re.search(r'Any method can answer (.*?)\nenum ', text, re.S)[1]))

    def test_every_rpc_lists_its_reasons(self):
        self.assertEqual(len(self.rpcs), sum(sentences.read(path).count('  rpc ') for path in SERVICES))
        self.assertGreater(len(self.rpcs), 50)
        for path, name, comment in self.rpcs:
            with self.subTest(rpc=f'{path}: {name}'):
                reasons = reasons_of(comment)
                self.assertIsNotNone(reasons, f'say "Reasons: A, B." or "Reasons: {NONE}." in its comment')
                self.assertEqual(set(reasons) - self.reasons, set(), 'not in ErrorReason (error.proto)')
                self.assertEqual(len(reasons), len(set(reasons)), 'there twice')

    def test_what_looks_like_a_name_is_one(self):
        known = self.reasons | self.values | {value.split('_', count)[-1] for value in self.values for count in range(1, 5)}
        for path, name, comment in self.rpcs:
            with self.subTest(rpc=f'{path}: {name}'):
                self.assertEqual(set(re.findall(r'\b[A-Z]+(?:_[A-Z]+)+\b', comment)) - known, set())

    def test_every_reason_is_listed(self):
        listed = self.common.union(*(reasons_of(comment) or [] for _, _, comment in self.rpcs))
        self.assertEqual(self.common - self.reasons, set())
        self.assertEqual(self.reasons - listed, set(), 'no RPC names them, nor the comment of ErrorReason')


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
    def test_comments_and_reasons(self):
        rpcs = dict(comments_of_rpcs('  // One.\n  // Reasons: A_B,\n  // C_D.\n  rpc X(Y) returns (Z);\n  rpc Bare(Y) returns (Z);\n'))
        self.assertEqual(reasons_of(rpcs['X']), ['A_B', 'C_D'])
        self.assertIsNone(reasons_of(rpcs['Bare']))
        self.assertEqual(reasons_of('Reasons: none of its own.'), [])
        self.assertIsNone(reasons_of('Reasons: many.'))


if __name__ == '__main__':
    unittest.main()
