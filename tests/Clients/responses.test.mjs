// The Responses API as OpenAI's SDK and the AI SDK (whose OpenAI provider speaks it by default) use it, unchanged.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const gemini3 = 'gemini-3-flash-preview';
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const weather = { type: 'function', name: 'get_weather', description: 'The weather of a city', parameters, strict: true };
let all;
let client;
let provider;

before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
  provider = createOpenAI({ apiKey: token, baseURL: `${all.gateway}/v1` });
});
after(() => all.stop());

const ask = (input, extra = {}) => client.responses.create({ model, input, ...extra });

describe('openai', () => {
  test('answers with text, status and full usage', async () => {
    const answer = await ask('Hello there');
    assert.equal(answer.object, 'response');
    assert.equal(answer.status, 'completed');
    assert.ok(answer.output_text.length > 0);
    assert.equal(answer.usage.total_tokens, answer.usage.input_tokens + answer.usage.output_tokens);
    assert.equal(typeof answer.usage.output_tokens_details.reasoning_tokens, 'number');
  });

  test('the stream helper assembles the same answer', async () => {
    const stream = client.responses.stream({ model, input: '[[long 12]] tell me' });
    const numbers = [];
    stream.on('event', (event) => numbers.push(event.sequence_number));
    const streamed = await stream.finalResponse();
    const whole = await ask('[[long 12]] tell me');
    assert.equal(streamed.output_text, whole.output_text);
    assert.deepEqual(numbers, numbers.map((_, index) => index));
    assert.equal(streamed.status, 'completed');
  });

  test('thoughts come as a summary when asked for', async () => {
    const answer = await ask('[[think]] why', { reasoning: { effort: 'low', summary: 'auto' } });
    const reasoning = answer.output.find((item) => item.type === 'reasoning');
    assert.ok(reasoning.summary[0].text.length > 0);
    assert.ok(answer.usage.output_tokens_details.reasoning_tokens > 0);
    assert.ok(!(await ask('why')).output.some((item) => item.type === 'reasoning'));
  });

  test('limits and filters leave it incomplete', async () => {
    assert.deepEqual((await ask('[[max]]')).incomplete_details, { reason: 'max_output_tokens' });
    const blocked = await ask('[[block]]');
    assert.equal(blocked.status, 'incomplete');
    assert.equal(blocked.output[0].content[0].type, 'refusal');
  });

  test('structured output parses', async () => {
    const answer = await client.responses.parse({
      model,
      input: 'Give me a person',
      text: { format: { type: 'json_schema', name: 'person', strict: true, schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'], additionalProperties: false } } },
    });
    assert.equal(typeof JSON.parse(answer.output_text).name, 'string');
  });

  for (const name of [model, gemini3]) {
    test(`a tool of ${name}, by previous_response_id and by items`, async () => {
      const first = await ask('[[tool]] What is the weather in Paris?', { model: name, tools: [weather], include: ['reasoning.encrypted_content'] });
      const call = first.output.find((item) => item.type === 'function_call');
      assert.equal(call.name, 'get_weather');
      JSON.parse(call.arguments);
      const result = { type: 'function_call_output', call_id: call.call_id, output: '{"temperature":21}' };
      const stored = await ask([result], { model: name, tools: [weather], previous_response_id: first.id });
      assert.equal(stored.previous_response_id, first.id);
      assert.ok(stored.output_text.includes('21'), stored.output_text);
      const items = [{ role: 'user', content: '[[tool]] What is the weather in Paris?' }, ...first.output, result];
      const sent = await ask(items, { model: name, tools: [weather], store: false });
      assert.equal(sent.output_text, stored.output_text);
    });
  }

  test('parallel calls of a stream have an item each', async () => {
    const final = await client.responses.stream({ model: gemini3, input: '[[parallel]] weather in Paris and Rome', tools: [weather] }).finalResponse();
    const calls = final.output.filter((item) => item.type === 'function_call');
    assert.ok(calls.length >= 2);
    assert.equal(new Set(calls.map((item) => item.call_id)).size, calls.length);
  });

  test('search and code are items of their own', async () => {
    const searched = await ask('[[search]] news', { tools: [{ type: 'web_search' }] });
    assert.ok(searched.output.some((item) => item.type === 'web_search_call' && item.action.query));
    const message = searched.output.find((item) => item.type === 'message').content[0];
    const quote = message.annotations[0];
    assert.equal(quote.type, 'url_citation');
    assert.ok([...message.text].slice(quote.start_index, quote.end_index).length > 0);
    const run = await ask('[[code]] count', { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }], include: ['code_interpreter_call.outputs'] });
    const code = run.output.find((item) => item.type === 'code_interpreter_call');
    assert.ok(code.code.length > 0 && code.outputs[0].logs.length > 0);
  });

  test('stored responses are found, listed and deleted', async () => {
    const made = await ask('Remember me');
    assert.equal((await client.responses.retrieve(made.id)).output_text, made.output_text);
    const items = [];
    for await (const item of client.responses.inputItems.list(made.id)) {
      items.push(item);
    }

    assert.equal(items[0].content[0].text, 'Remember me');
    await assert.rejects(client.responses.cancel(made.id), (error) => error instanceof OpenAI.BadRequestError);
    await client.responses.delete(made.id);
    await assert.rejects(client.responses.retrieve(made.id), (error) => error instanceof OpenAI.NotFoundError);
    await assert.rejects(ask('x', { previous_response_id: made.id }), (error) => error.code === 'previous_response_not_found');
    const stranger = new OpenAI({ apiKey: 'sk-client-suite-admin', baseURL: `${all.gateway}/v1`, maxRetries: 0 });
    const other = await ask('Mine');
    await assert.rejects(stranger.responses.retrieve(other.id), (error) => error instanceof OpenAI.NotFoundError);
  });

  test('a tool that is not there is a clear 400', async () => {
    await assert.rejects(ask('x', { tools: [{ type: 'file_search', vector_store_ids: ['v'] }] }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'tools[0].type');
  });

  test('a stream cut after its first event ends with an error', async () => {
    await all.knobs({ cutAfterEvent: 3, times: 1 });
    const events = [];
    await assert.rejects(async () => {
      for await (const event of await ask('[[long 40]] story', { stream: true })) {
        events.push(event.type);
      }
    }, OpenAI.APIError);
    assert.equal(events[0], 'response.created');
    assert.ok(!events.includes('response.completed'));
  });
});

describe('background', () => {
  const wait = async (response) => {
    for (let i = 0; i < 200 && response.status === 'in_progress'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      response = await client.responses.retrieve(response.id);
    }

    return response;
  };

  test('is answered at once, made, and gone on with', async () => {
    const made = await ask('[[wait 300]] Hello there', { background: true });
    assert.deepEqual([made.status, made.background, made.output_text], ['in_progress', true, '']);
    const done = await wait(made);
    assert.deepEqual([done.status, done.id, done.output_text], ['completed', made.id, 'Echo: Hello there']);
    assert.ok(done.usage.total_tokens > 0);
    assert.equal((await ask('And now?', { previous_response_id: done.id })).status, 'completed');
  });

  test('is cancelled', async () => {
    const made = await ask('[[wait 60000]] Hello', { background: true });
    assert.equal((await client.responses.cancel(made.id)).status, 'cancelled');
    assert.equal((await client.responses.retrieve(made.id)).status, 'cancelled');
    await assert.rejects(client.responses.cancel((await ask('Hello')).id), OpenAI.BadRequestError);
  });

  test('is refused where it cannot be', async () => {
    await assert.rejects(ask('Hello', { background: true, store: false }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'store');
    await assert.rejects(ask('Hello', { background: true, stream: true }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'stream');
  });
});

describe('ai sdk', () => {
  const tools = { get_weather: tool({ description: 'The weather of a city', inputSchema: jsonSchema(parameters), execute: async () => ({ temperature: 21 }) }) };

  test('generates and streams text', async () => {
    const { text, usage } = await generateText({ model: provider(model), prompt: 'Hello there' });
    assert.ok(text.length > 0);
    assert.ok(usage.totalTokens > 0);
    const streamed = streamText({ model: provider(model), prompt: 'Hello there' });
    assert.equal(await streamed.text, text);
    assert.equal(await streamed.finishReason, 'stop');
  });

  for (const store of [true, false]) {
    test(`runs a tool in several steps, store: ${store}`, async () => {
      const providerOptions = { openai: { store, ...(store ? {} : { include: ['reasoning.encrypted_content'] }), reasoningSummary: 'auto' } };
      const { steps, text } = await generateText({ model: provider(gemini3), prompt: '[[tool]] [[think]] weather in Paris?', tools, stopWhen: stepCountIs(4), providerOptions });
      assert.ok(steps.length >= 2);
      assert.ok(text.includes('21'), text);
      const streamed = streamText({ model: provider(gemini3), prompt: '[[tool]] weather in Paris?', tools, stopWhen: stepCountIs(4), providerOptions });
      assert.ok((await streamed.text).includes('21'));
    });
  }
});
