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

async function answersOf(id) {
  return (await (await client.files.content(id)).text()).trimEnd().split('\n').map((line) => JSON.parse(line));
}

async function run(endpoint, ...requests) {
  const input = await upload(lines(...requests), 'input.jsonl', 'batch');
  return finish(await client.batches.create({ input_file_id: input.id, endpoint, completion_window: '24h' }));
}

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

  test('keep what failed apart', async () => {
    const wrong = request('wrong', 'Hello', { thinking: { type: 'enabled' }, extra_body: { google: { generation_config: { candidateCount: 99 } } } });
    const input = await upload(lines(request('right', 'Hello'), wrong), 'input.jsonl', 'batch');
    const done = await finish(await client.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h' }));
    assert.deepEqual(done.request_counts, { total: 2, completed: 1, failed: 1 });
    assert.deepEqual((await answersOf(done.output_file_id)).map((answer) => [answer.custom_id, answer.response.status_code]), [['right', 200]]);
    const [failed] = await answersOf(done.error_file_id);
    assert.deepEqual([failed.custom_id, failed.response.status_code, failed.response.body.error.type, failed.error], ['wrong', 400, 'invalid_request_error', null]);
    const file = await client.files.retrieve(done.error_file_id);
    assert.deepEqual([file.id, file.purpose, file.filename], [done.error_file_id, 'batch_output', `${done.id}_error.jsonl`]);
    await assert.rejects(stranger.files.content(done.error_file_id), OpenAI.NotFoundError);
    assert.equal((await client.files.delete(done.error_file_id)).deleted, true);
    await assert.rejects(client.files.content(done.error_file_id), OpenAI.NotFoundError);
    assert.equal((await answersOf(done.output_file_id)).length, 1);
  });

  test('of which all failed have an error file alone', async () => {
    const wrong = request('wrong', 'Hello', { extra_body: { google: { generation_config: { candidateCount: 99 } } } });
    const done = await run('/v1/chat/completions', wrong);
    assert.equal(done.output_file_id, null);
    assert.equal((await answersOf(done.error_file_id)).length, 1);
  });

  test('of embeddings, with several texts in a line', async () => {
    const line = (id, input, body = {}) => ({ custom_id: id, method: 'POST', url: '/v1/embeddings', body: { model: 'gemini-embedding-001', input, dimensions: 8, ...body } });
    const done = await run('/v1/embeddings', line('one', 'Hello'), line('two', ['a', 'b', 'c'], { encoding_format: 'base64' }), line('bad', ['a', 'b'], { dimensions: 9999 }));
    assert.equal(done.endpoint, '/v1/embeddings');
    assert.deepEqual([done.request_counts.total, done.error_file_id === null], [3, false]);
    const [one, two] = await answersOf(done.output_file_id);
    const direct = await client.embeddings.create({ model: 'gemini-embedding-001', input: 'Hello', dimensions: 8, encoding_format: 'float' });
    assert.deepEqual([one.custom_id, one.response.status_code, one.response.body.data], ['one', 200, direct.data]);
    assert.deepEqual([one.response.body.object, one.response.body.model], ['list', 'gemini-embedding-001']);
    assert.ok(one.response.body.usage.total_tokens > 0);
    assert.deepEqual(two.response.body.data.map((item) => [item.index, Buffer.from(item.embedding, 'base64').length]), [[0, 32], [1, 32], [2, 32]]);
    assert.deepEqual((await answersOf(done.error_file_id)).map((answer) => [answer.custom_id, answer.response.status_code]), [['bad', 400]]);
  });

  test('of responses', async () => {
    const line = (id, input, body = {}) => ({ custom_id: id, method: 'POST', url: '/v1/responses', body: { model, input, ...body } });
    const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }, strict: false }];
    const done = await run('/v1/responses', line('one', 'Hello there', { instructions: 'Be short.', metadata: { n: '1' } }), line('two', '[[tool]] weather', { tools }));
    const [one, two] = await answersOf(done.output_file_id);
    assert.deepEqual([one.response.body.object, one.response.body.status, one.response.body.model, one.response.body.instructions, one.response.body.metadata.n], ['response', 'completed', model, 'Be short.', '1']);
    assert.equal(one.response.body.output.at(-1).content[0].text, 'Echo: Hello there');
    assert.ok(one.response.body.usage.total_tokens > 0);
    assert.deepEqual([two.response.body.output.at(-1).type, two.response.body.output.at(-1).name, two.response.body.tools[0].name], ['function_call', 'get_weather', 'get_weather']);
  });

  test('of completions', async () => {
    const done = await run('/v1/completions', { custom_id: 'one', method: 'POST', url: '/v1/completions', body: { model, prompt: 'Hello there' } });
    const [one] = await answersOf(done.output_file_id);
    assert.deepEqual([one.response.body.object, one.response.body.choices[0].text], ['text_completion', 'Echo: Hello there']);
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
    await refused(lines({ ...request('one', 'Hello'), url: '/v1/moderations' }), /Line 1: .*\/v1\/moderations/);
    await refused(lines(request('one', 'Hello'), { ...request('two', 'Hello'), url: '/v1/responses' }), /Line 2: .*make a file for each/);
    await refused(lines(request('one', 'Hello'), request('two', 'Hello', { messages: 'none' })), /Line 2: messages/);
    const text = await upload('Some text', 'note.txt', 'user_data');
    await refused(lines(request('one', [{ type: 'file', file: { file_id: text.id } }])), /Line 1: .*cannot name files/);
    const create = (body) => client.batches.create({ input_file_id: text.id, endpoint: '/v1/chat/completions', completion_window: '24h', ...body });
    await assert.rejects(create({}), (error) => error instanceof OpenAI.BadRequestError && error.param === 'input_file_id');
    await assert.rejects(create({ endpoint: '/v1/moderations' }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'endpoint');
    const chats = await upload(lines(request('one', 'Hello')), 'input.jsonl', 'batch');
    await assert.rejects(create({ input_file_id: chats.id, endpoint: '/v1/responses' }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'endpoint');
    await assert.rejects(create({ input_file_id: 'file-unheard' }), OpenAI.NotFoundError);
  });
});
