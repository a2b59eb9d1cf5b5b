// The main job by @grpc/grpc-js and @grpc/proto-loader. grpc_js_job.mjs PROTO_FOLDER ADDRESS; the outcome is the last line.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const [protos, address] = process.argv.slice(2);
const TABLE = 'units/foreign/tables/p1';
const [I1, I2, I3] = [1, 2, 3].map((n) => `${TABLE}/indicators/i${n}`);
const ROWS = [
  ['产出指标', '数量指标', '培训农技人员人次', '200', '人次', '40'],
  ['产出指标', '质量指标', '培训合格率', '90', '%', '30'],
  ['效益指标', '社会效益指标', '良种推广面积', '50', '万亩', '20'],
];

// keepCase: fields have the names of the .proto files. Without it a key such as validate_only is left out and the write happens.
const OPTIONS = { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true, includeDirs: [protos] };
const services = ['target', 'reporting', 'scoring', 'watch', 'admin'].map((name) => `attain/v1/${name}_service.proto`);
const definition = loader.loadSync([...services, 'google/rpc/status.proto', 'google/rpc/error_details.proto'], OPTIONS);
const { attain } = grpc.loadPackageDefinition(definition);

const open = (service) => new attain.v1[service](address, grpc.credentials.createInsecure());
const clients = Object.fromEntries(['TargetService', 'ReportingService', 'ScoringService', 'WatchService', 'AdminService'].map((s) => [s, open(s)]));

function metadata(actor) {
  const fields = new grpc.Metadata();
  fields.set('attain-actor', encodeURIComponent(actor));
  fields.set('accept-language', 'zh-CN');
  return fields;
}

function call(method, request, actor = '李 lead') {
  const [service, name] = method.split('/');
  return new Promise((resolve, reject) => {
    clients[service][name](request, metadata(actor), { deadline: Date.now() + 20_000 },
      (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

const decode = (type, bytes) => definition[`google.rpc.${type}`].deserialize(bytes);

// Code, ErrorInfo, fields and sentence of a call that must be refused.
async function refusal(promise) {
  const error = await promise.then((answer) => assert.fail(`accepted: ${JSON.stringify(answer)}`), (refused) => refused);
  const details = {};
  for (const { type_url, value } of decode('Status', error.metadata.get('grpc-status-details-bin')[0]).details) {
    const type = type_url.split('.').pop();
    if (definition[`google.rpc.${type}`]) details[type] = decode(type, value);
  }
  assert.equal(details.ErrorInfo.domain, 'attain');
  return {
    code: grpc.status[error.code],
    reason: details.ErrorInfo.reason,
    facts: details.ErrorInfo.metadata,
    fields: (details.BadRequest?.field_violations ?? []).map((violation) => violation.field),
    sentence: details.LocalizedMessage.message,
  };
}

const head = async () => (await call('AdminService/GetServerInfo', {})).revision;
const report = (indicator, value, write = {}) => call('ReportingService/RecordActual', { indicator, report: { value, date: '2024-06-30' }, write });
const score = (read = {}) => call('ScoringService/GetScore', { name: TABLE, read });

// A unit and a table with three rows, handed in by one person and put in force by another.
async function declare() {
  await call('TargetService/CreateUnit', { unit_id: 'foreign', unit: { display_name: '县农业技术推广中心' } });
  const indicators = ROWS.map(([level1, level2, display_name, value, unit, weight]) => ({
    level1, level2, display_name, weight, target: { comparator: 'COMPARATOR_AT_LEAST', value, unit }, rule: { kind: 'RULE_KIND_PROPORTIONAL' },
  }));
  const table = {
    kind: 'TABLE_KIND_PROJECT', display_name: '农业技术推广项目', fiscal_year: 2024, leader: '李', goal: '培训农技人员，推广良种。',
    budget: { total: '100' }, indicators,
  };
  const made = (await call('TargetService/CreateTable', { parent: 'units/foreign', table_id: 'p1', table })).table;
  assert.deepEqual(made.indicators.map((row) => row.display_name), ROWS.map((row) => row[2]));
  const handedIn = (await call('TargetService/SubmitTable', { name: TABLE, etag: made.etag })).table;
  const stale = await refusal(call('TargetService/ApproveTable', { name: TABLE, etag: made.etag }, '王 finance'));
  assert.deepEqual([stale.code, stale.reason, stale.facts.etag], ['ABORTED', 'STALE_ETAG', handedIn.etag]);
  const approved = (await call('TargetService/ApproveTable', { name: TABLE, etag: handedIn.etag }, '王 finance')).table;
  assert.deepEqual([approved.state, approved.submitter], ['TABLE_STATE_APPROVED', '李 lead']);
}

// A dry run that changes nothing, a report that is sent twice, another content under its id.
async function reportAll() {
  const start = await head();
  const dry = await report(I1, '100', { validate_only: true });
  assert.deepEqual([dry.indicator_score.score, dry.commit.revision, await head()], ['20.00', '0', start]);
  const request_id = crypto.randomUUID();
  const first = await report(I1, '100', { request_id });
  assert.deepEqual(await report(I1, '100', { request_id }), first);
  assert.deepEqual([first.commit.revision, await head()], Array(2).fill(String(+start + 1)));
  const reused = await refusal(report(I1, '120', { request_id }));
  assert.deepEqual([reused.reason, reused.facts.revision], ['REQUEST_ID_REUSED', first.commit.revision]);
  await report(I2, '90');
  const last = await report(I3, '37.5');
  return [first.actual.name, last.commit.revision];
}

// The score after a correction is at least as new as it; the score before it stays.
async function correct(name, before) {
  const corrected = await call('ReportingService/CorrectActual',
    { name, report: { value: '195', date: '2024-06-30' }, change_reason: '漏报一期培训' });
  const now = await score({ at_least: corrected.commit.token });
  assert.deepEqual([now.read.revision, now.score.score], [corrected.commit.revision, '84.00']);
  const { explanation } = await call('ScoringService/ExplainScore', { name: TABLE });
  assert.equal(explanation.result, '84.00');
  assert.ok(JSON.stringify(explanation).includes('195 / 200 × 40 = 39'));
  return (await score({ read_revision: before })).score.score;
}

// A list, then a watch behind the list's revision: what comes between them is told.
async function follow() {
  const listed = await call('ScoringService/ListScores', { parent: 'units/foreign' });
  assert.deepEqual(listed.scores.map((s) => s.score), ['84.00']);
  await call('ReportingService/RecordSpending', { parent: TABLE, spending: { spent: '100', date: '2024-06-30' } });
  const stream = clients.WatchService.Watch({ names: [TABLE], after_revision: listed.read.revision }, { deadline: Date.now() + 20_000 });
  const late = new Promise((resolve) => { setTimeout(resolve, 200); }).then(() => report(I3, '40'));
  const changes = [];
  for await (const message of stream) {
    for (const event of message.changes?.events ?? []) {
      changes.push([message.changes.revision, event.score_before.score, event.score_after.score, event.actor]);
    }
    if (changes.length === 2) break;
  }
  stream.cancel();
  await late;
  const first = +listed.read.revision + 1;
  assert.deepEqual(changes, [[`${first}`, '84.00', '94.00', '李 lead'], [`${first + 1}`, '94.00', '95.00', '李 lead']]);
}

// What a program reads from errors.
async function beRefused() {
  const wrong = await refusal(report(I1, 'many'));
  assert.deepEqual([wrong.code, wrong.reason, wrong.fields], ['INVALID_ARGUMENT', 'NOT_A_NUMBER', ['report.value']]);
  assert.match(wrong.sentence, /不是数字/);
  const nobody = await refusal(report(`${TABLE}/indicators/i9`, '1'));
  assert.deepEqual([nobody.code, nobody.reason, nobody.facts.name], ['NOT_FOUND', 'RESOURCE_NOT_FOUND', `${TABLE}/indicators/i9`]);
  const ahead = await refusal(score({ read_revision: +(await head()) + 1 }));
  assert.deepEqual([ahead.code, ahead.reason], ['OUT_OF_RANGE', 'REVISION_OUT_OF_RANGE']);
}

// A field that the server does not know comes from a newer .proto, or by hand: here a request with field 127 in `write`.
async function sendUnknownField() {
  const start = await head();
  const { path, requestSerialize } = definition['attain.v1.ReportingService'].RecordActual;
  const bytes = Buffer.concat([requestSerialize({ indicator: I1, report: { value: '1', date: '2024-06-30' } }), Buffer.from('7a03f80701', 'hex')]);
  const unknown = await refusal(new Promise((resolve, reject) => {
    clients.ReportingService.makeUnaryRequest(path, (sent) => sent, (got) => got, bytes, metadata('李 lead'), {},
      (error, answer) => (error ? reject(error) : resolve(answer)));
  }));
  assert.deepEqual([unknown.code, unknown.reason, unknown.facts.field_number, unknown.fields], ['INVALID_ARGUMENT', 'INVALID_FIELD', '127', ['write.127']]);
  assert.equal(await head(), start);
}

// What proto-loader does with keys that are no field's name: it leaves them out, and nobody is told. Hence the check in README.md's sample.
function showWhatIsLeftOut() {
  const sizer = (keepCase) => {
    const { requestSerialize } = loader.loadSync('attain/v1/reporting_service.proto', { ...OPTIONS, keepCase })['attain.v1.ReportingService'].RecordActual;
    return (write) => requestSerialize({ write }).length;
  };
  const [kept, camel] = [sizer(true), sizer(false)];
  assert.equal(kept({ validate_only: true }), 4);
  assert.equal(kept({ validateOnly: true }), 2); // an empty `write`
  assert.equal(kept({ validate_onyl: true }), 2);
  assert.equal(camel({ validateOnly: true }), 4);
  assert.equal(camel({ validate_only: true }), 2);
}

await declare();
const [first, revisionBefore] = await reportAll();
const scoreBefore = await correct(first, revisionBefore);
await follow();
await beRefused();
await sendUnknownField();
showWhatIsLeftOut();
const end = await score();
console.log(JSON.stringify({ score: end.score.score, grade: end.score.grade, revision: end.read.revision, scoreBefore, revisionBefore }));
Object.values(clients).forEach((client) => client.close());
