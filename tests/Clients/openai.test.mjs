// The OpenAI SDK for Node.js, unchanged, against the OpenAI face.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const gemini3 = 'gemini-3-flash-preview';
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
  },
};
let all;
let client;

before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
});
after(() => all.stop());

const ask = (content, extra = {}) => client.chat.completions.create({ model, messages: [{ role: 'user', content }], ...extra });

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }

  return chunks;
}

describe('chat', () => {
  test('answers with text, finish reason and full usage', async () => {
    const answer = await ask('Hello there');
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.model, model);
    assert.ok(answer.choices[0].message.content.length > 0);
    assert.equal(answer.choices[0].finish_reason, 'stop');
    assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + answer.usage.completion_tokens);
    assert.equal(typeof answer.usage.completion_tokens_details.reasoning_tokens, 'number');
    assert.equal(typeof answer.usage.prompt_tokens_details.cached_tokens, 'number');
  });

  test('streams with one id, one role, one finish and usage when asked', async () => {
    const chunks = await collect(await ask('[[long 12]] tell me', { stream: true, stream_options: { include_usage: true } }));
    assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
    assert.equal(new Set(chunks.map((chunk) => chunk.created)).size, 1);
    assert.equal(chunks.filter((chunk) => chunk.choices[0]?.delta.role).length, 1);
    assert.deepEqual(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean), ['stop']);
    assert.ok(chunks.filter((chunk) => chunk.choices[0]?.delta.content).length >= 12);
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
    assert.equal(chunks.at(-1).choices.length, 0);
  });

  test('stream helper assembles the same answer', async () => {
    const stream = client.chat.completions.stream({ model, messages: [{ role: 'user', content: 'Hello helper' }] });
    const streamed = await stream.finalContent();
    const unary = await ask('Hello helper');
    assert.equal(streamed, unary.choices[0].message.content);
  });

  test('thoughts come as reasoning_content, apart from the answer', async () => {
    const answer = await ask('[[think]] why', { model: 'gemini-2.5-flash', reasoning_effort: 'low' });
    assert.ok(answer.choices[0].message.reasoning_content.length > 0);
    assert.ok(!answer.choices[0].message.content.includes(answer.choices[0].message.reasoning_content));
    assert.ok(answer.usage.completion_tokens_details.reasoning_tokens > 0);
  });

  test('MAX_TOKENS is length', async () => {
    assert.equal((await ask('[[max]]')).choices[0].finish_reason, 'length');
  });

  test('a blocked prompt is a refusal, not an error', async () => {
    const answer = await ask('[[block]]');
    assert.equal(answer.choices[0].finish_reason, 'content_filter');
    assert.ok(answer.choices[0].message.refusal);
  });

  test('a picture in reaches the model', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const answer = await ask([{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }]);
    assert.equal(answer.choices[0].finish_reason, 'stop');
  });

  test('a picture out comes in the content', async () => {
    const answer = await ask('[[image]] draw', { model: 'gemini-2.5-flash-image' });
    assert.match(answer.choices[0].message.content, /!\[[^\]]*\]\(data:image\/png;base64,/);
  });

  test('structured output parses', async () => {
    const answer = await client.chat.completions.parse({
      model,
      messages: [{ role: 'user', content: 'Give me a person' }],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'person', strict: true, schema: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } }, required: ['name', 'age'], additionalProperties: false } },
      },
    });
    const person = JSON.parse(answer.choices[0].message.content);
    assert.equal(typeof person.name, 'string');
    assert.equal(typeof person.age, 'number');
  });
});

describe('tools', () => {
  for (const name of [model, gemini3]) {
    test(`several turns with ${name}, by a client that keeps only what OpenAI defines`, async () => {
      const messages = [{ role: 'user', content: '[[tool]] What is the weather in Paris?' }];
      const first = await client.chat.completions.create({ model: name, messages, tools: [weather] });
      const call = first.choices[0].message.tool_calls[0];
      assert.equal(first.choices[0].finish_reason, 'tool_calls');
      assert.equal(call.function.name, 'get_weather');
      JSON.parse(call.function.arguments);

      messages.push({ role: 'assistant', content: null, tool_calls: [{ id: call.id, type: 'function', function: { name: call.function.name, arguments: call.function.arguments } }] });
      messages.push({ role: 'tool', tool_call_id: call.id, content: '{"temperature":21}' });
      const second = await client.chat.completions.create({ model: name, messages, tools: [weather] });
      assert.equal(second.choices[0].finish_reason, 'stop');
      assert.ok(second.choices[0].message.content.length > 0);
    });
  }

  test('parallel calls in a stream have an index and an id each', async () => {
    const stream = client.chat.completions.stream({ model: gemini3, messages: [{ role: 'user', content: '[[parallel]] weather in Paris and Rome' }], tools: [weather] });
    const { choices } = await stream.finalChatCompletion();
    const calls = choices[0].message.tool_calls;
    assert.equal(choices[0].finish_reason, 'tool_calls');
    assert.ok(calls.length >= 2);
    assert.equal(new Set(calls.map((call) => call.id)).size, calls.length);
    calls.forEach((call) => JSON.parse(call.function.arguments));
  });
});

describe('embeddings and models', () => {
  test('base64 by default, floats on demand, the same numbers', async () => {
    const input = ['first', 'second'];
    const byDefault = await client.embeddings.create({ model: 'gemini-embedding-001', input, dimensions: 256 });
    const floats = await client.embeddings.create({ model: 'gemini-embedding-001', input, dimensions: 256, encoding_format: 'float' });
    assert.equal(byDefault.data.length, 2);
    assert.equal(byDefault.data[0].embedding.length, 256);
    byDefault.data[1].embedding.forEach((value, index) => assert.ok(Math.abs(value - floats.data[1].embedding[index]) < 1e-6));
  });

  test('lists models without the models/ prefix and gets one', async () => {
    const ids = [];
    for await (const entry of client.models.list()) {
      ids.push(entry.id);
    }

    assert.ok(ids.includes(model));
    assert.equal((await client.models.retrieve(model)).id, model);
  });
});

describe('errors', () => {
  test('a wrong token is a 401 of OpenAI\'s shape', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${all.gateway}/v1`, maxRetries: 0 });
    await assert.rejects(stranger.models.list(), (error) => error instanceof OpenAI.AuthenticationError && error.code === 'invalid_api_key');
  });

  test('a model that is not there is a 404', async () => {
    await assert.rejects(ask('Hello', { model: 'gemini-0-nothing' }), (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found');
  });

  test('a bad request names the field', async () => {
    await assert.rejects(client.chat.completions.create({ model, messages: [{ role: 'robot', content: 'x' }] }), (error) => error instanceof OpenAI.BadRequestError && /messages/.test(error.param ?? error.message));
  });

  test('a client that leaves in mid-stream leaves nothing behind', async () => {
    const stream = await ask('[[long 400]] story', { stream: true });
    for await (const chunk of stream) {
      assert.ok(chunk.id);
      stream.controller.abort();
      break;
    }

    assert.equal((await ask('Still there?')).choices[0].finish_reason, 'stop');
  });
});
