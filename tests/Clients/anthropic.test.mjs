// Anthropic's SDK for Node.js, unchanged, against the Anthropic face; and what Claude Code sends, by wire form.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { startAll, token } from './harness.mjs';

const model = 'claude-sonnet-5';
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};
let all;
let client;

before(async () => {
  all = await startAll();
  client = new Anthropic({ apiKey: token, baseURL: all.gateway, maxRetries: 0 });
});
after(() => all.stop());

const ask = (content, extra = {}) => client.messages.create({ model, max_tokens: 4096, messages: [{ role: 'user', content }], ...extra });

describe('messages', () => {
  test('answers with text, stop reason and usage', async () => {
    const answer = await ask('Hello there');
    assert.equal(answer.type, 'message');
    assert.equal(answer.model, model);
    assert.equal(answer.content[0].text, 'Echo: Hello there');
    assert.equal(answer.stop_reason, 'end_turn');
    assert.ok(answer.usage.input_tokens > 0 && answer.usage.output_tokens > 0);
  });

  test('stream helper assembles the same answer', async () => {
    const stream = client.messages.stream({ model, max_tokens: 4096, messages: [{ role: 'user', content: '[[long 12]] tell me' }] });
    const events = [];
    stream.on('streamEvent', (event) => events.push(event.type));
    const streamed = await stream.finalMessage();
    assert.equal(events[0], 'message_start');
    assert.equal(events.at(-1), 'message_stop');
    assert.ok(events.filter((type) => type === 'content_block_delta').length >= 12);
    assert.equal(streamed.content[0].text, (await ask('[[long 12]] tell me')).content[0].text);
    assert.equal(streamed.stop_reason, 'end_turn');
  });

  test('thinking comes in its own block with a signature', async () => {
    const stream = client.messages.stream({
      model, max_tokens: 8000, thinking: { type: 'enabled', budget_tokens: 2048 }, messages: [{ role: 'user', content: 'why' }],
    });
    const answer = await stream.finalMessage();
    assert.deepEqual(answer.content.map((block) => block.type), ['thinking', 'text']);
    assert.ok(answer.content[0].thinking.length > 0);
    assert.match(answer.content[0].signature, /^gemini:/);
  });

  test('without thinking asked for there is none', async () => {
    assert.deepEqual((await ask('[[think]] why')).content.map((block) => block.type), ['text']);
  });

  test('pictures, documents and a system prompt reach the model', async () => {
    const answer = await ask(
      [
        { type: 'text', text: '[[system]]' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'A plain document. [[system]]' } },
      ],
      { system: [{ type: 'text', text: 'You are terse.', cache_control: { type: 'ephemeral' } }] });
    assert.match(answer.content[0].text, /You are terse\./);
  });

  test('MAX_TOKENS, refusals and cached input', async () => {
    assert.equal((await ask('[[max]]')).stop_reason, 'max_tokens');
    const refused = await ask('[[block]]');
    assert.equal(refused.stop_reason, 'refusal');
    assert.match(refused.stop_details.explanation, /blocked/);
    const { usage } = await ask('[[cached]] a rather long prompt that is half in the cache');
    assert.ok(usage.cache_read_input_tokens > 0 && usage.input_tokens > 0);
  });

  test('structured output is JSON of the schema', async () => {
    const schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } }, required: ['name', 'age'], additionalProperties: false };
    const answer = await ask('Give me a person', { output_config: { format: { type: 'json_schema', schema } } });
    assert.equal(typeof JSON.parse(answer.content[0].text).age, 'number');
  });

  test('web search is told with its query and sources', async () => {
    const stream = client.messages.stream({
      model, max_tokens: 4096, tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 8 }], tool_choice: { type: 'tool', name: 'web_search' },
      messages: [{ role: 'user', content: '[[search]] the capital of Japan' }],
    });
    const { content, usage } = await stream.finalMessage();
    assert.deepEqual(content.map((block) => block.type), ['text', 'server_tool_use', 'web_search_tool_result']);
    assert.ok(content[1].input.query.length > 0);
    assert.equal(content[2].tool_use_id, content[1].id);
    assert.match(content[2].content[0].url, /^https:/);
    assert.equal(usage.server_tool_use.web_search_requests, 1);
  });
});

describe('tools', () => {
  for (const [name, thinking] of [['gemini-2.5-flash', undefined], ['gemini-3-flash-preview', undefined], ['gemini-3-flash-preview', { type: 'adaptive' }], ['claude-opus-5', { type: 'adaptive' }]]) {
    test(`several turns with ${name}, thinking ${thinking?.type}`, async () => {
      const messages = [{ role: 'user', content: '[[tool 2]] What is the weather in Paris?' }];
      for (let turn = 0; turn < 2; turn++) {
        const answer = await client.messages.stream({ model: name, max_tokens: 8000, tools: [weather], thinking, messages }).finalMessage();
        assert.equal(answer.stop_reason, 'tool_use');
        const use = answer.content.find((block) => block.type === 'tool_use');
        assert.equal(typeof use.input.city, 'string');
        assert.match(use.id, /^[a-zA-Z0-9_-]+$/);
        messages.push(
          { role: 'assistant', content: answer.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: [{ type: 'text', text: `sunny ${turn}` }] }] });
      }

      const last = await client.messages.create({ model: name, max_tokens: 8000, tools: [weather], thinking, messages });
      assert.equal(last.stop_reason, 'end_turn');
      assert.match(last.content.at(-1).text, /sunny 1/);
    });
  }

  test('parallel uses, with pictures and errors as results', async () => {
    const messages = [{ role: 'user', content: '[[parallel 3]] weather everywhere' }];
    const answer = await client.messages.create({ model: 'gemini-3-flash-preview', max_tokens: 8000, tools: [weather], messages });
    const uses = answer.content.filter((block) => block.type === 'tool_use');
    assert.equal(uses.length, 3);
    messages.push({ role: 'assistant', content: answer.content }, {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: uses[2].id, is_error: true, content: 'no such city' },
        { type: 'tool_result', tool_use_id: uses[0].id, content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }] },
        { type: 'tool_result', tool_use_id: uses[1].id },
        { type: 'text', text: '<system-reminder>Be brief.</system-reminder>' },
      ],
    });
    assert.equal((await client.messages.create({ model: 'gemini-3-flash-preview', max_tokens: 8000, tools: [weather], messages })).stop_reason, 'end_turn');
  });

  test('tool_choice any and none, and one use at a time', async () => {
    assert.equal((await ask('Hi', { tools: [weather], tool_choice: { type: 'any' } })).stop_reason, 'tool_use');
    assert.equal((await ask('get_weather', { tools: [weather], tool_choice: { type: 'none' } })).stop_reason, 'end_turn');
    const one = await ask('[[parallel 3]]', { tools: [weather], tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
    assert.equal(one.content.filter((block) => block.type === 'tool_use').length, 1);
  });

  test('the tool runner runs to the end', async () => {
    const runner = client.beta.messages.toolRunner({
      model, max_tokens: 4096, messages: [{ role: 'user', content: '[[tool]] weather' }],
      tools: [{ ...weather, type: 'custom', run: () => 'rainy', parse: (input) => input }],
    });
    assert.match((await runner).content.at(-1).text, /rainy/);
  });
});

describe('counts, models and errors', () => {
  test('count_tokens counts system and tools too', async () => {
    const plain = await client.messages.countTokens({ model, messages: [{ role: 'user', content: 'Hello there' }] });
    const full = await client.messages.countTokens({ model, system: 'A long instruction. '.repeat(20), tools: [weather], messages: [{ role: 'user', content: 'Hello there' }] });
    assert.ok(plain.input_tokens > 0);
    assert.ok(full.input_tokens > plain.input_tokens + 50);
  });

  test('models are listed in one page, and found by name', async () => {
    const ids = [];
    for await (const info of client.models.list({ limit: 1000 })) {
      ids.push(info.id);
    }

    assert.ok(ids.includes('gemini-2.5-flash') && !ids.includes('gemini-embedding-001'));
    assert.equal((await client.models.retrieve('claude-haiku-4-5')).max_input_tokens, 1048576);
    await assert.rejects(client.models.retrieve('no-such-model'), { status: 404, type: 'not_found_error' });
  });

  test('errors have their own classes', async () => {
    await assert.rejects(new Anthropic({ apiKey: 'wrong', baseURL: all.gateway, maxRetries: 0 }).models.list(), Anthropic.AuthenticationError);
    await assert.rejects(ask('Hi', { model: 'gemini-nothing' }), Anthropic.NotFoundError);
    await assert.rejects(ask('Hi', { tools: [{ type: 'bash_20250124', name: 'bash' }] }), (error) => error.status === 400 && error.type === 'invalid_request_error');
    await all.knobs({ error: 'Overloaded', times: 3 });
    await assert.rejects(ask('Hi'), { status: 529, type: 'overloaded_error' });
  });

  test('a stream that is cut ends with an error', async () => {
    await all.knobs({ cutAfterEvent: 2, times: 1 });
    await assert.rejects(client.messages.stream({ model, max_tokens: 4096, messages: [{ role: 'user', content: '[[long 9]]' }] }).finalMessage(), { type: 'api_error' });
  });
});

describe('Claude Code', () => {
  const headers = {
    authorization: `Bearer ${token}`, 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-app': 'cli', 'user-agent': 'claude-cli/2.1.330 (external, cli)',
    'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,fine-grained-tool-streaming-2025-05-14,context-management-2025-06-27',
  };
  const schema = (properties, required) => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', properties, required, additionalProperties: false });
  const tools = ['Bash', 'Edit', 'Glob', 'Grep', 'Read', 'Task', 'WebFetch', 'Write', 'mcp__ide__getDiagnostics'].map((name) => ({
    name,
    description: `Does what ${name} does.`,
    input_schema: schema({
      target: { type: 'string', description: 'What to work on', minLength: 1 },
      timeout: { type: 'number', exclusiveMinimum: 0, maximum: 600000 },
      edits: { type: 'array', items: { type: 'object', properties: { old: { type: 'string' }, all: { type: 'boolean', default: false } }, required: ['old'], additionalProperties: false } },
      mode: { anyOf: [{ type: 'string', const: 'fast' }, { type: 'null' }] },
      env: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'string' } },
    }, ['target']),
    eager_input_streaming: true,
  }));
  const request = (messages) => ({
    model: 'claude-opus-4-8', max_tokens: 64000, stream: true, temperature: 1, thinking: { type: 'adaptive' }, output_config: { effort: 'high' }, tools, messages,
    system: [
      { type: 'text', text: 'x-anthropic-billing-header: cc_version=2.1.330.1a2; cc_entrypoint=cli; cch=00000;' },
      { type: 'text', text: "You are Claude Code, Anthropic's official CLI for Claude.", cache_control: { type: 'ephemeral' } },
      { type: 'text', text: 'You are an interactive agent.', cache_control: { type: 'ephemeral' } },
    ],
    metadata: { user_id: '{"device_id":"0a","account_uuid":"","session_id":"1b"}' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
  });
  const post = (path, body) => fetch(`${all.gateway}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });

  async function events(response) {
    assert.equal(response.status, 200);
    const text = await response.text();
    return text.trim().split('\n\n').map((block) => {
      const [, name, data] = block.match(/^event: (.+)\ndata: (.+)$/);
      assert.equal(JSON.parse(data).type, name);
      return JSON.parse(data);
    });
  }

  test('a session of several steps', async () => {
    const messages = [{
      role: 'user',
      content: [
        { type: 'text', text: '<system-reminder>\nAs you answer, use this context.\n</system-reminder>' },
        { type: 'text', text: '[[tool 2]] Fix the bug', cache_control: { type: 'ephemeral' } },
      ],
    }];
    for (let step = 0; step < 2; step++) {
      const seen = await events(await post('/v1/messages?beta=true', request(messages)));
      assert.equal(seen.at(-2).delta.stop_reason, 'tool_use');
      const content = [];
      for (const event of seen) {
        if (event.type === 'content_block_start') {
          content.push({ ...event.content_block });
        } else if (event.delta?.type === 'thinking_delta') {
          content.at(-1).thinking += event.delta.thinking;
        } else if (event.delta?.type === 'signature_delta') {
          content.at(-1).signature = event.delta.signature;
        } else if (event.delta?.type === 'input_json_delta') {
          content.at(-1).input = JSON.parse(event.delta.partial_json);
        }
      }

      messages.push({ role: 'assistant', content }, {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: content.at(-1).id, content: `step ${step} done`, is_error: false, cache_control: { type: 'ephemeral' } }],
      });
    }

    const last = await events(await post('/v1/messages?beta=true', request(messages)));
    assert.equal(last.at(-2).delta.stop_reason, 'end_turn');
    assert.ok(last.some((event) => event.delta?.text?.includes('step 1 done')));
  });

  test('its probes: quota, title, token count and HEAD', async () => {
    const quota = await post('/v1/messages?beta=true', { model: 'claude-haiku-4-5-20251001', max_tokens: 1, messages: [{ role: 'user', content: 'quota' }], metadata: { user_id: 'u' } });
    assert.equal(quota.status, 200);
    const title = await post('/v1/messages?beta=true', { ...request([{ role: 'user', content: [{ type: 'text', text: 'Make a title' }] }]), model: 'claude-haiku-4-5-20251001', max_tokens: 512, tools: [], thinking: undefined });
    assert.equal(title.status, 200);
    await title.text();
    const { tools: counted, model: name } = request([]);
    assert.ok((await (await post('/v1/messages/count_tokens?beta=true', { model: name, tools: counted, messages: [{ role: 'user', content: 'foo' }] })).json()).input_tokens > 0);
    assert.equal((await fetch(all.gateway, { method: 'HEAD' })).status, 200);
  });
});
