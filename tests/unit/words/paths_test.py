"""Every file and folder that CONTRIBUTING.md, ARCHITECTURE.md and RULES.md send a reader to is there."""
import os
import re
import subprocess
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
DOCUMENTS = ('CONTRIBUTING.md', 'ARCHITECTURE.md', 'RULES.md')
FILE = re.compile(r'\.(cc|h|proto|md|py|txt|cmake|faults|csv)$')


def named_paths(text):
    """What looks like a path between backticks; blocks of code are not read."""
    text = re.sub(r'```.*?```', '', text, flags=re.S)
    for name in re.findall(r'`([^`\s]+)`', text):
        plain = name.split(':')[0].rstrip('/')
        if re.fullmatch(r'[\w./*-]+', plain) and ('/' in plain or FILE.search(plain)) and not plain.startswith(('/', '-', 'units/', 'profiles/')):
            yield plain


def finder(paths):
    """Whether a name, also without its ending or the folders in front, is a file or folder; ROOM and * are any."""
    folders = {path[:i] for path in paths for i, letter in enumerate(path) if letter == '/'}
    everything = '\n'.join('/' + path for path in sorted(set(paths) | folders)) + '\n'

    def there(name):
        pattern = re.escape(name).replace('ROOM', '[^/\n]+').replace(r'\*', '[^/\n]*')
        return re.search(rf'/{pattern}(\.[a-z_.]+)?\n', everything) is not None
    return there


class PathsTest(unittest.TestCase):
    def test_all_are_there(self):
        listed = subprocess.run(['git', 'ls-files'], cwd=ROOT, text=True, capture_output=True, check=True).stdout
        there, count = finder(listed.splitlines()), 0
        for document in DOCUMENTS:
            with open(os.path.join(ROOT, document), encoding='utf-8') as file:
                for name in named_paths(file.read()):
                    count += 1
                    with self.subTest(document=document, name=name):
                        self.assertTrue(there(name), f'{document} names {name}, which is nowhere: mend the document')
        self.assertGreater(count, 100)

    def test_what_is_gone_is_noticed(self):
        there = finder(['service/api/filter.cc', 'service/api/filter.h', 'tests/faults/api.faults'])
        for name in ('service/api', 'api/filter', 'api/filter.cc', 'filter.h', 'tests/faults/ROOM.faults', 'api/*.cc'):
            self.assertTrue(there(name), name)
        for name in ('service/apis', 'api/filters', 'api/filter.py', 'filte.h', 'faults/ROOM.fault'):
            self.assertFalse(there(name), name)
        self.assertEqual(list(named_paths('`api/x` and `x.cc:3`, not `x`, `--at` or `units/u`\n```\n`a/b`\n```')), ['api/x', 'x.cc'])


if __name__ == '__main__':
    unittest.main()
