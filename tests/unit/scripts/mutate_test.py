#!/usr/bin/env python3
"""scripts/mutate: what it makes of a file of faults and of a source. Building and running need a build; scripts/check does."""
import importlib.machinery
import importlib.util
import os
import sys
import time
import unittest

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), '..', '..', '..'))
sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader('mutate', os.path.join(ROOT, 'scripts', 'mutate'))
mutate = importlib.util.module_from_spec(importlib.util.spec_from_loader('mutate', LOADER))
LOADER.exec_module(mutate)


def faults_of(text):
    return mutate.read_faults(text)


class ReadTest(unittest.TestCase):
    def test_a_fault_is_file_words_old_and_new(self):
        one, two = faults_of('# a comment\n@ a.cc: is wrong\n- old;\n- older;\n+ new;\n\n@ b.cc: forgets\n- x();\n+\n')
        self.assertEqual((one.number, one.file, one.does, one.old, one.new), (1, 'a.cc', 'is wrong', 'old;\nolder;', 'new;'))
        self.assertEqual((two.number, two.file, two.old, two.new), (2, 'b.cc', 'x();', ''))

    def test_what_is_no_fault_is_refused(self):
        for text in ('@ a.cc\n- x\n+ y\n', '@ a.cc: w\n+ y\n', 'nonsense\n', '@ a.cc: w\n- x\nnonsense\n'):
            with self.assertRaises(mutate.Trouble, msg=text):
                faults_of(text)


class PlantTest(unittest.TestCase):
    SOURCE = 'int f(int a) {\n  if (a >\n      3) return 1;\n  g(a);\n  return a * 2;\n}\n'

    def planted(self, text):
        return ' '.join(mutate.plant(self.SOURCE, faults_of(text)).split())

    def test_an_expression_is_chosen_and_a_statement_branched(self):
        self.assertIn('if ((attain_planted_fault(1) ? (a >= 3) : (a > 3))) return 1;', self.planted('@ f: w\n- a > 3\n+ a >= 3\n'))
        self.assertIn('if (attain_planted_fault(1)) { } else { g(a); } return', self.planted('@ f: w\n- g(a);\n+\n'))

    def test_faults_at_one_place_are_a_chain(self):
        self.assertIn('(attain_planted_fault(1) ? (a + 2) : attain_planted_fault(2) ? (a) : (a * 2))',
                      self.planted('@ f: w\n- a * 2\n+ a + 2\n@ f: v\n- a * 2\n+ a\n'))

    def test_old_text_must_be_there_once_and_not_overlap(self):
        for text in ('@ f: w\n- h(a);\n+\n', '@ f: w\n- a\n+ b\n',
                     '@ f: w\n- g(a);\n+\n@ f: v\n- g(a); return a * 2;\n+ return 0;\n'):
            with self.assertRaises(mutate.Trouble, msg=text):
                self.planted(text)


class FakeTest:
    """Ends as it is told, whatever fault is on."""
    name, seconds, reached = 'fake', 1.0, {1}

    def __init__(self, outcome, limit):
        self.outcome, self.limit = outcome, limit

    def run(self, fault, seconds, to_its_end=False):
        return self.outcome, {fault}


class NoticeTest(unittest.TestCase):
    def survivors(self, outcome, limit=20, left=100):
        said = []
        faults = faults_of('@ f: w\n- a\n+ b\n')
        return len(mutate.run_on(faults, [FakeTest(outcome, limit)], time.monotonic() + left, said.append)), ''.join(said)

    def test_a_test_that_fails_or_hangs_notices(self):
        self.assertEqual(self.survivors(mutate.PASSES), (1, ''))
        self.assertIn('noticed by fake', self.survivors(mutate.FAILS)[1])
        self.assertIn('noticed by fake (it hangs instead of saying so)', self.survivors(mutate.HANGS)[1])

    def test_what_the_end_of_the_time_cuts_off_is_not_noticed(self):
        self.assertEqual(self.survivors(mutate.HANGS, limit=200), (1, ''))
        self.assertEqual(self.survivors(mutate.FAILS, left=0), (1, ''), 'no time at all')

    def test_one_that_fails_before_the_fault_is_asked_once_more(self):
        test = FakeTest(mutate.FAILS, 20)
        answers = [(mutate.FAILS, set()), (mutate.FAILS, {1})]
        test.run = lambda fault, seconds, to_its_end=False: answers.pop(0)
        self.assertEqual(mutate.run_on(faults_of('@ f: w\n- a\n+ b\n'), [test], time.monotonic() + 100, str), [])
        self.assertEqual(answers, [])

    def test_a_test_that_does_not_reach_the_fault_says_nothing_of_it(self):
        test = FakeTest(mutate.FAILS, 20)
        test.reached = set()
        self.assertEqual(len(mutate.run_on(faults_of('@ f: w\n- a\n+ b\n'), [test], time.monotonic() + 100, print)), 1)


class FaultsTest(unittest.TestCase):
    """Every fault that lies here still fits its source: a change of the line is noticed at once, not in the slow check."""

    # Rooms of less than 80 lines of code, whose files of faults say so.
    SMALL = {'access.faults'}

    def test_all_fit(self):
        folder = os.path.join(ROOT, 'tests', 'faults')
        rooms = [name for name in os.listdir(folder) if name.endswith('.faults')]
        self.assertGreaterEqual(len(rooms), 8)
        for room in rooms:
            with open(os.path.join(folder, room), encoding='utf-8') as file:
                faults = mutate.read_faults(file.read(), room)
            self.assertGreaterEqual(len(faults), 10 if room in self.SMALL else 20, room)
            for source in {fault.file for fault in faults}:
                with self.subTest(room=room, source=source), open(os.path.join(ROOT, source), encoding='utf-8') as file:
                    mutate.plant(file.read(), [fault for fault in faults if fault.file == source])


if __name__ == '__main__':
    unittest.main()
