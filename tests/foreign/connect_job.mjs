// The main job by @connectrpc/connect-node over plain gRPC, with the code that protoc-gen-es makes in gen/. connect_job.mjs ADDRESS;
// the outcome is the last line.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { create, fromJson } from '@bufbuild/protobuf';
import { Code, createClient } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { AdminService } from './gen/attain/v1/admin_service_pb.js';
import { WriteOptionsSchema } from './gen/attain/v1/common_pb.js';
import { RecordActualRequestSchema, ReportingService } from './gen/attain/v1/reporting_service_pb.js';
import { RuleKind } from './gen/attain/v1/rule_pb.js';
import { ScoringService } from './gen/attain/v1/scoring_service_pb.js';
import { Comparator, TableKind, TableState } from './gen/attain/v1/table_pb.js';
import { TargetService } from './gen/attain/v1/target_service_pb.js';
import { WatchService } from './gen/attain/v1/watch_service_pb.js';
import { BadRequestSchema, ErrorInfoSchema, LocalizedMessageSchema } from './gen/google/rpc/error_details_pb.js';

const TABLE = 'units/foreign/tables/p1';
const [I1, I2, I3] = [1, 2, 3].map((n) => `${TABLE}/indicators/i${n}`);
const ROWS = [
  ['产出指标', '数量指标', '培训农技人员人次', '200', '人次', '40'],
  ['产出指标', '质量指标', '培训合格率', '90', '%', '30'],
  ['效益指标', '社会效益指标', '良种推广面积', '50', '万亩', '20'],
];

const baseUrl = `http://${process.argv[2]}`;
const sessionManager = new Http2SessionManager(baseUrl);
const transport = createGrpcTransport({ baseUrl, sessionManager });
const [targets, reporting, scoring, watches, admin] =
  [TargetService, ReportingService, ScoringService, WatchService, AdminService].map((service) => createClient(service, transport));
const by = (actor) => ({ headers: { 'attain-actor': encodeURIComponent(actor), 'accept-language': 'zh-CN' }, timeoutMs: 20_000 });
const LEAD = by('李 lead');
const FINANCE = by('王 finance');

// Code, ErrorInfo, fields and sentence of a call that must be refused.
async function refusal(promise) {
  const error = await promise.then(() => assert.fail('accepted'), (refused) => refused);
  const [info] = error.findDetails(ErrorInfoSchema);
  assert.equal(info.domain, 'attain');
  return {
    code: Code[error.code],
    reason: info.reason,
    facts: info.metadata,
    fields: error.findDetails(BadRequestSchema).flatMap((bad) => bad.fieldViolations.map((violation) => violation.field)),
    sentence: error.findDetails(LocalizedMessageSchema)[0].message,
  };
}

const head = async () => (await admin.getServerInfo({})).revision;
const report = (indicator, value, write = {}) => reporting.recordActual({ indicator, report: { value, date: '2024-06-30' }, write }, LEAD);
const score = (consistency) => scoring.getScore({ name: TABLE, read: { consistency } }, LEAD);

// A unit and a table with three rows, handed in by one person and put in force by another.
async function declare() {
  await targets.createUnit({ unitId: 'foreign', unit: { displayName: '县农业技术推广中心' } }, LEAD);
  const indicators = ROWS.map(([level1, level2, displayName, value, unit, weight]) => ({
    level1, level2, displayName, weight, target: { comparator: Comparator.AT_LEAST, value, unit }, rule: { kind: RuleKind.PROPORTIONAL },
  }));
  const table = {
    kind: TableKind.PROJECT, displayName: '农业技术推广项目', fiscalYear: 2024, leader: '李', goal: '培训农技人员，推广良种。',
    budget: { total: '100' }, indicators,
  };
  const made = (await targets.createTable({ parent: 'units/foreign', tableId: 'p1', table }, LEAD)).table;
  assert.deepEqual(made.indicators.map((row) => row.displayName), ROWS.map((row) => row[2]));
  const handedIn = (await targets.submitTable({ name: TABLE, etag: made.etag }, LEAD)).table;
  const stale = await refusal(targets.approveTable({ name: TABLE, etag: made.etag }, FINANCE));
  assert.deepEqual([stale.code, stale.reason, stale.facts.etag], ['Aborted', 'STALE_ETAG', handedIn.etag]);
  const approved = (await targets.approveTable({ name: TABLE, etag: handedIn.etag }, FINANCE)).table;
  assert.deepEqual([approved.state, approved.submitter], [TableState.APPROVED, '李 lead']);
}

// A dry run that changes nothing, a report that is sent twice, another content under its id.
async function reportAll() {
  const start = await head();
  const dry = await report(I1, '100', { validateOnly: true });
  assert.deepEqual([dry.indicatorScore.score, dry.commit.revision, await head()], ['20.00', 0n, start]);
  const requestId = crypto.randomUUID();
  const first = await report(I1, '100', { requestId });
  assert.deepEqual(await report(I1, '100', { requestId }), first);
  assert.deepEqual([first.commit.revision, await head()], [start + 1n, start + 1n]);
  const reused = await refusal(report(I1, '120', { requestId }));
  assert.deepEqual([reused.reason, reused.facts.revision], ['REQUEST_ID_REUSED', `${first.commit.revision}`]);
  await report(I2, '90');
  const last = await report(I3, '37.5');
  return [first.actual.name, last.commit.revision];
}

// The score after a correction is at least as new as it; the score before it stays.
async function correct(name, before) {
  const corrected = await reporting.correctActual({ name, report: { value: '195', date: '2024-06-30' }, changeReason: '漏报一期培训' }, LEAD);
  const now = await score({ case: 'atLeast', value: corrected.commit.token });
  assert.deepEqual([now.read.revision, now.score.score], [corrected.commit.revision, '84.00']);
  const { explanation } = await scoring.explainScore({ name: TABLE }, LEAD);
  const worked = (step) => [step.worked, ...step.steps.flatMap(worked)];
  assert.equal(explanation.result, '84.00');
  assert.ok(worked(explanation).includes('195 / 200 × 40 = 39'));
  return (await score({ case: 'readRevision', value: before })).score.score;
}

// A list, then a watch behind the list's revision: what comes between them is told.
async function follow() {
  const listed = await scoring.listScores({ parent: 'units/foreign' }, LEAD);
  assert.deepEqual(listed.scores.map((s) => s.score), ['84.00']);
  await reporting.recordSpending({ parent: TABLE, spending: { spent: '100', date: '2024-06-30' } }, LEAD);
  const leave = new AbortController(); // a time limit would keep node running until it is over, also when the loop has ended
  const stream = watches.watch({ names: [TABLE], start: { case: 'afterRevision', value: listed.read.revision } }, { signal: leave.signal });
  const late = new Promise((resolve) => { setTimeout(resolve, 200); }).then(() => report(I3, '40'));
  const changes = [];
  for await (const { event } of stream) {
    if (event.case === 'changes') {
      for (const change of event.value.events) {
        changes.push([event.value.revision, change.scoreBefore.score, change.resource.value.score, change.actor]);
      }
    }
    if (changes.length === 2) break;
  }
  leave.abort();
  await late;
  const first = listed.read.revision + 1n;
  assert.deepEqual(changes, [[first, '84.00', '94.00', '李 lead'], [first + 1n, '94.00', '95.00', '李 lead']]);
}

// What a program reads from errors.
async function beRefused() {
  const wrong = await refusal(report(I1, 'many'));
  assert.deepEqual([wrong.code, wrong.reason, wrong.fields], ['InvalidArgument', 'NOT_A_NUMBER', ['report.value']]);
  assert.match(wrong.sentence, /不是数字/);
  const nobody = await refusal(report(`${TABLE}/indicators/i9`, '1'));
  assert.deepEqual([nobody.code, nobody.reason, nobody.facts.name], ['NotFound', 'RESOURCE_NOT_FOUND', `${TABLE}/indicators/i9`]);
  const ahead = await refusal(score({ case: 'readRevision', value: (await head()) + 1n }));
  assert.deepEqual([ahead.code, ahead.reason], ['OutOfRange', 'REVISION_OUT_OF_RANGE']);
  const start = await head();
  const write = create(WriteOptionsSchema);
  write.$unknown = [{ no: 127, wireType: 0, data: new Uint8Array([1]) }]; // as a newer .proto might have it
  const unknown = await refusal(report(I1, '1', write));
  assert.deepEqual([unknown.code, unknown.reason, unknown.facts.field_number, unknown.fields], ['InvalidArgument', 'INVALID_FIELD', '127', ['write.127']]);
  assert.equal(await head(), start);
}

// fromJson refuses a key that is no field's name and takes both spellings. A plain object as a request is only checked by TypeScript.
function showWhatIsRefused() {
  assert.throws(() => fromJson(RecordActualRequestSchema, { write: { validateOnyl: true } }), /validateOnyl/);
  assert.ok(fromJson(RecordActualRequestSchema, { write: { validate_only: true } }).write.validateOnly);
  assert.ok(fromJson(RecordActualRequestSchema, { write: { validateOnly: true } }).write.validateOnly);
}

await declare();
const [first, revisionBefore] = await reportAll();
const scoreBefore = await correct(first, revisionBefore);
await follow();
await beRefused();
showWhatIsRefused();
const end = await score({ case: 'latest', value: true });
console.log(JSON.stringify({
  score: end.score.score, grade: end.score.grade, revision: `${end.read.revision}`, scoreBefore, revisionBefore: `${revisionBefore}`,
}));
sessionManager.abort(); // an open connection keeps node running
