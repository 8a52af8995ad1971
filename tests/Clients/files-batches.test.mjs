// OpenAI's files and batches over Gemini's, by the OpenAI SDK for Node.js, unchanged. Three keys: what is named must go to the one that has it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const other = 'sk-client-suite-other-token';
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let all;
let client;
let stranger;

before(async () => {
  all = await startAll({ ALLOWED_TOKENS: JSON.stringify([token, other]) });
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
  stranger = new OpenAI({ apiKey: other, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
});
after(() => all.stop());

const upload = async (text, name, purpose, by = client) => by.files.create({ file: await toFile(Buffer.from(text), name), purpose });
const lines = (...requests) => requests.map((request) => JSON.stringify(request)).join('\n');
const request = (id, content, body = {}) => ({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body: { model, messages: [{ role: 'user', content }], ...body } });

async function collect(page) {
  const found = [];
  for await (const item of page) {
    found.push(item);
  }

  return found;
}

async function finish(batch, by = client) {
  let now = batch;
  for (let i = 0; i < 5 && now.status !== 'completed'; i++) {
    now = await by.batches.retrieve(batch.id);
  }

  assert.equal(now.status, 'completed');
  return now;
}

describe('files', () => {
  test('are uploaded, found, listed and deleted', async () => {
    const file = await upload('Some text', 'note.txt', 'user_data');
    assert.match(file.id, /^file-/);
    assert.deepEqual([file.object, file.filename, file.bytes, file.purpose, file.status], ['file', 'note.txt', 9, 'user_data', 'processed']);
    assert.ok(file.created_at > 1.7e9 && file.expires_at > file.created_at);
    assert.deepEqual(await client.files.retrieve(file.id), file);
    assert.ok((await collect(await client.files.list())).some((item) => item.id === file.id));
    assert.deepEqual(await client.files.delete(file.id), { id: file.id, object: 'file', deleted: true });
    await assert.rejects(client.files.retrieve(file.id), OpenAI.NotFoundError);
  });

  test('lists have pages and can be narrowed to a purpose', async () => {
    const made = [];
    for (let i = 0; i < 5; i++) {
      made.unshift((await upload(`page ${i}`, `page-${i}.txt`, i % 2 ? 'assistants' : 'vision', stranger)).id);
    }

    const found = (await collect(await stranger.files.list({ limit: 2 }))).map((item) => item.id);
    assert.deepEqual(found.filter((id) => made.includes(id)), made);
    const narrow = await collect(await stranger.files.list({ purpose: 'assistants' }));
    assert.ok(narrow.length >= 2 && narrow.every((item) => item.purpose === 'assistants'));
  });

  test('are named in chats and responses, on the key that has them', async () => {
    const text = await upload('Some text', 'note.txt', 'user_data');
    const picture = await client.files.create({ file: await toFile(png, 'dot.png', { type: 'image/png' }), purpose: 'vision' });
    for (let i = 0; i < 6; i++) {
      const chat = await client.chat.completions.create({
        model, messages: [{ role: 'user', content: [{ type: 'text', text: 'What is in it?' }, { type: 'file', file: { file_id: text.id } }] }],
      });
      assert.equal(chat.choices[0].finish_reason, 'stop');
      const content = [{ type: 'input_text', text: 'And here?' }, { type: 'input_file', file_id: text.id }, { type: 'input_image', file_id: picture.id, detail: 'auto' }];
      assert.equal((await client.responses.create({ model, input: [{ role: 'user', content }] })).status, 'completed');
    }
  });

  test("of another token are not there", async () => {
    const file = await upload('Mine', 'mine.txt', 'user_data');
    await assert.rejects(stranger.files.retrieve(file.id), OpenAI.NotFoundError);
    await assert.rejects(stranger.files.delete(file.id), OpenAI.NotFoundError);
    await assert.rejects(stranger.files.content(file.id), OpenAI.NotFoundError);
    await assert.rejects(
      stranger.chat.completions.create({ model, messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: file.id } }] }] }), OpenAI.PermissionDeniedError);
    assert.ok(!(await collect(await stranger.files.list())).some((item) => item.id === file.id));
  });

  test('cannot be read back, and say so', async () => {
    const file = await upload('Mine', 'mine.txt', 'user_data');
    await assert.rejects(client.files.content(file.id), (error) => error instanceof OpenAI.BadRequestError && error.code === 'not_downloadable');
  });

  test('large ones pass through', async () => {
    const file = await client.files.create({ file: await toFile(Buffer.alloc(20 * 1024 * 1024, 'x'), 'large.txt'), purpose: 'user_data' });
    assert.equal(file.bytes, 20 * 1024 * 1024);
  });

  test('for what cannot be done are refused and not kept', async () => {
    const before = (await collect(await client.files.list())).length;
    await assert.rejects(upload('x', 'x.txt', 'fine-tune'), (error) => error instanceof OpenAI.BadRequestError && error.param === 'purpose');
    await assert.rejects(upload('x', 'x.txt', 'batch'), (error) => error instanceof OpenAI.BadRequestError && error.param === 'file');
    assert.equal((await collect(await client.files.list())).length, before);
  });
});

describe('batches', () => {
  test('run to their end, and their answers are chat completions', async () => {
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } } }];
    const input = await upload(lines(request('one', 'Hello there'), request('two', '[[tool]] weather', { tools }), request('bad', '[[block]]')), 'input.jsonl', 'batch');
    const made = await client.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h', metadata: { run: '7' } });
    assert.match(made.id, /^batch_/);
    assert.deepEqual([made.object, made.status, made.input_file_id, made.output_file_id, made.metadata.run], ['batch', 'validating', input.id, null, '7']);

    const done = await finish(made);
    assert.deepEqual(done.request_counts, { total: 3, completed: 3, failed: 0 });
    assert.ok(done.completed_at >= done.created_at);
    const output = await client.files.retrieve(done.output_file_id);
    assert.deepEqual([output.purpose, output.filename], ['batch_output', `${made.id}_output.jsonl`]);
    const answers = (await (await client.files.content(done.output_file_id)).text()).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(answers.map((answer) => [answer.custom_id, answer.response.status_code, answer.error]), [['one', 200, null], ['two', 200, null], ['bad', 200, null]]);
    assert.equal(answers[0].response.body.object, 'chat.completion');
    assert.equal(answers[0].response.body.model, model);
    assert.equal(answers[0].response.body.choices[0].message.content, 'Echo: Hello there');
    assert.ok(answers[0].response.body.usage.total_tokens > 0);
    assert.equal(answers[1].response.body.choices[0].message.tool_calls[0].function.name, 'get_weather');
    assert.equal(answers[2].response.body.choices[0].finish_reason, 'content_filter');
  });

  test('keep what failed of a request with its line', async () => {
    const wrong = request('wrong', 'Hello', { thinking: { type: 'enabled' }, extra_body: { google: { generation_config: { candidateCount: 99 } } } });
    const input = await upload(lines(request('right', 'Hello'), wrong), 'input.jsonl', 'batch');
    const done = await finish(await client.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h' }));
    const answers = (await (await client.files.content(done.output_file_id)).text()).trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(answers.map((answer) => answer.response.status_code), [200, 400]);
    assert.equal(answers[1].response.body.error.type, 'invalid_request_error');
    assert.equal(done.request_counts.failed, 1);
  });

  test('are listed and cancelled, by their token alone', async () => {
    const made = [];
    for (let i = 0; i < 3; i++) {
      const input = await upload(lines(request('one', 'Hello')), 'input.jsonl', 'batch', stranger);
      made.unshift((await stranger.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h' })).id);
    }

    assert.equal((await stranger.batches.cancel(made[0])).status, 'cancelled');
    assert.deepEqual((await collect(await stranger.batches.list({ limit: 2 }))).map((batch) => batch.id), made);
    assert.ok((await collect(await client.batches.list())).every((batch) => !made.includes(batch.id)));
    await assert.rejects(client.batches.retrieve(made[0]), OpenAI.NotFoundError);
    await assert.rejects(client.batches.cancel(made[0]), OpenAI.NotFoundError);
  });

  test('say what they cannot do', async () => {
    const refused = async (text, pattern) => assert.rejects(upload(text, 'input.jsonl', 'batch'), (error) => error instanceof OpenAI.BadRequestError && pattern.test(error.message));
    await refused(lines(request('one', 'Hello'), request('two', 'Hello', { model: 'gemini-2.5-pro' })), /Line 2: .*One batch uses one model/);
    await refused(lines(request('one', 'Hello'), request('one', 'Hello')), /Line 2: .*custom_id 'one'/);
    await refused(lines({ ...request('one', 'Hello'), url: '/v1/embeddings' }), /Line 1: .*\/v1\/embeddings/);
    await refused(lines(request('one', 'Hello'), request('two', 'Hello', { messages: 'none' })), /Line 2: messages/);
    const text = await upload('Some text', 'note.txt', 'user_data');
    await refused(lines(request('one', [{ type: 'file', file: { file_id: text.id } }])), /Line 1: .*cannot name files/);
    const create = (body) => client.batches.create({ input_file_id: text.id, endpoint: '/v1/chat/completions', completion_window: '24h', ...body });
    await assert.rejects(create({}), (error) => error instanceof OpenAI.BadRequestError && error.param === 'input_file_id');
    await assert.rejects(create({ endpoint: '/v1/embeddings' }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'endpoint');
    await assert.rejects(create({ input_file_id: 'file-unheard' }), OpenAI.NotFoundError);
  });
});
