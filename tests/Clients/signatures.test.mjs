// Conversations with tools whose client drops thought signatures, each request at another gateway where there are several.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-3-flash-preview';
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
let all;
let requests = 0;
let calls = 0;

before(async () => (all = await startAll()));
after(() => all.stop());

const nextGateway = () => all.gateways[requests++ % all.gateways.length];

async function counted(work) {
  const before = (await all.stats()).callSignatures;
  await work();
  const now = (await all.stats()).callSignatures;
  return { given: now.given - before.given, standIns: now.standIns - before.standIns, none: now.none - before.none };
}

describe('thought signatures', () => {
  for (const [name, idOf] of [['that keep the ids', (id) => id], ['that give ids of their own', (_, turn) => `call_${turn}`]]) {
    test(`OpenAI clients ${name} keep theirs`, async () => {
      const messages = [];
      const ask = () => new OpenAI({ apiKey: token, baseURL: `${nextGateway()}/v1`, maxRetries: 0 })
        .chat.completions.create({ model, messages, tools: [{ type: 'function', function: { name: 'get_weather', parameters } }] });
      const counts = await counted(async () => {
        for (let turn = 1; turn <= 3; turn++) {
          messages.push({ role: 'user', content: `[[tool]] [[args {"city":"${name} ${turn}"}]]` });
          const call = (await ask()).choices[0].message.tool_calls[0];
          await all.signaturesShared(++calls);
          const id = idOf(call.id, turn);
          messages.push({ role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name: call.function.name, arguments: call.function.arguments } }] });
          messages.push({ role: 'tool', tool_call_id: id, content: '{"temperature":21}' });
          messages.push({ role: 'assistant', content: (await ask()).choices[0].message.content });
        }
      });
      assert.deepEqual(counts, { given: 9, standIns: 0, none: 0 });
    });
  }

  test('Anthropic clients that drop thinking blocks keep theirs', async () => {
    const messages = [];
    const ask = () => new Anthropic({ apiKey: token, baseURL: nextGateway(), maxRetries: 0 })
      .messages.create({ model, max_tokens: 1000, messages, tools: [{ name: 'get_weather', input_schema: parameters }] });
    const counts = await counted(async () => {
      for (let turn = 1; turn <= 3; turn++) {
        messages.push({ role: 'user', content: `[[tool]] [[args {"city":"Anthropic ${turn}"}]]` });
        const use = (await ask()).content.find((block) => block.type === 'tool_use');
        await all.signaturesShared(++calls);
        messages.push({ role: 'assistant', content: [{ type: 'tool_use', id: use.id, name: use.name, input: use.input }] });
        messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: '21' }] });
        messages.push({ role: 'assistant', content: (await ask()).content });
      }
    });
    assert.deepEqual(counts, { given: 9, standIns: 0, none: 0 });
  });
});
