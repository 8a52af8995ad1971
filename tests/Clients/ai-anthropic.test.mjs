// Vercel's AI SDK with its Anthropic provider, unchanged, against the Anthropic face.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import { startAll, token } from './harness.mjs';

const weather = tool({
  description: 'The weather of a city',
  inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  execute: ({ city }) => `sunny in ${city}`,
});
let all;
let provider;

before(async () => {
  all = await startAll();
  provider = createAnthropic({ apiKey: token, baseURL: `${all.gateway}/v1` });
});
after(() => all.stop());

test('generates text with usage', async () => {
  const { text, finishReason, usage } = await generateText({ model: provider('claude-haiku-4-5'), prompt: 'Hello there', maxRetries: 0 });
  assert.equal(text, 'Echo: Hello there');
  assert.equal(finishReason, 'stop');
  assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
});

for (const name of ['gemini-2.5-flash', 'gemini-3-flash-preview']) {
  test(`streams thoughts, tool calls and their results with ${name}`, async () => {
    const result = streamText({
      model: provider(name), prompt: '[[tool 2]] weather', tools: { get_weather: weather }, stopWhen: stepCountIs(5), maxRetries: 0,
      providerOptions: { anthropic: { thinking: { type: 'enabled', budgetTokens: 2048 } } },
    });
    const kinds = new Set();
    for await (const part of result.fullStream) {
      assert.notEqual(part.type, 'error', String(part.error));
      kinds.add(part.type);
    }

    assert.ok(['reasoning-delta', 'tool-call', 'tool-result', 'text-delta', 'finish'].every((kind) => kinds.has(kind)), [...kinds].join());
    assert.equal((await result.steps).length, 3);
    assert.match(await result.text, /sunny/);
  });
}

test('finds sources by web search', async () => {
  const { sources, text } = await generateText({
    model: provider('claude-sonnet-5'), prompt: '[[search]] Japan', maxRetries: 0, tools: { web_search: provider.tools.webSearch_20250305({ maxUses: 1 }) },
  });
  assert.ok(text.length > 0);
  assert.match(sources[0].url, /^https:/);
});

test('tells errors', async () => {
  await assert.rejects(generateText({ model: provider('gemini-nothing'), prompt: 'Hi', maxRetries: 0 }), (error) => error.statusCode === 404 && error.data.error.type === 'not_found_error');
});
