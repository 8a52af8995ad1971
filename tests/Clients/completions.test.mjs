// The API before chats, and embeddings in bulk, with the OpenAI SDK for Node.js, unchanged.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
let all;
let client;

before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
});
after(() => all.stop());

describe('completions', () => {
  test('answer several prompts in order', async () => {
    const answer = await client.completions.create({ model, prompt: ['one', 'two'], n: 2, echo: true });
    assert.equal(answer.object, 'text_completion');
    assert.deepEqual(answer.choices.map((choice) => choice.index), [0, 1, 2, 3]);
    assert.deepEqual(answer.choices.map((choice) => choice.text), ['oneEcho: one', 'oneEcho: one', 'twoEcho: two', 'twoEcho: two']);
    assert.ok(answer.choices.every((choice) => choice.finish_reason === 'stop'));
    assert.ok(answer.usage.total_tokens > 0);
  });

  test('stream', async () => {
    let text = '';
    let usage;
    for await (const chunk of await client.completions.create({ model, prompt: '[[long 20]] tell', stream: true, stream_options: { include_usage: true } })) {
      text += chunk.choices[0]?.text ?? '';
      usage = chunk.usage ?? usage;
    }

    assert.match(text, /^chunk 1 of 20/);
    assert.match(text, /chunk 20 of 20/);
    assert.ok(usage.completion_tokens > 20);
  });

  test('log probabilities', async () => {
    const { logprobs } = (await client.completions.create({ model, prompt: 'hello', logprobs: 2 })).choices[0];
    assert.equal(logprobs.tokens.length, logprobs.token_logprobs.length);
    assert.equal(logprobs.tokens.length, logprobs.top_logprobs.length);
    assert.equal(logprobs.text_offset[0], 0);
  });

  test('stop, length and a filter are told apart', async () => {
    assert.equal((await client.completions.create({ model, prompt: 'a long enough text', max_tokens: 2 })).choices[0].finish_reason, 'length');
    assert.equal((await client.completions.create({ model, prompt: '[[block]]' })).choices[0].finish_reason, 'content_filter');
  });

  test('what cannot be is told', async () => {
    await assert.rejects(client.completions.create({ model, prompt: [1, 2, 3] }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'prompt[0]');
    await assert.rejects(client.completions.create({ model, prompt: 'x', best_of: 3 }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'best_of');
  });
});

describe('embeddings', () => {
  test('of 230 texts come in order, of unit length, with usage', async () => {
    const input = Array.from({ length: 230 }, (_, index) => `text number ${index}`);
    const bulk = await client.embeddings.create({ model: 'gemini-embedding-001', input, dimensions: 128 });
    const single = await client.embeddings.create({ model: 'gemini-embedding-001', input: input[177], dimensions: 128 });
    assert.deepEqual(bulk.data.map((entry) => entry.index), input.map((_, index) => index));
    assert.deepEqual(bulk.data[177].embedding, single.data[0].embedding);
    for (const { embedding } of bulk.data) {
      assert.ok(Math.abs(Math.hypot(...embedding) - 1) < 1e-4);
    }

    assert.ok(bulk.usage.prompt_tokens >= 230 * 3 && bulk.usage.prompt_tokens <= 230 * 6);
  });
});
