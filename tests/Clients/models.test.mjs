// Names of models, as the unchanged SDKs see them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GoogleGenAI } from '@google/genai';
import OpenAI from 'openai';
import { startAll, token } from './harness.mjs';

let all;
let openai;
let gemini;

before(async () => {
  all = await startAll({
    THINKING_MODELS: 'gemini-2.5-flash',
    MODEL_ALIASES: JSON.stringify({ quick: 'gemini-2.5-flash-non-thinking' }),
    TOOLS_CODE_EXECUTION_ENABLED: 'true',
  });
  openai = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
  gemini = new GoogleGenAI({ apiKey: token, httpOptions: { baseUrl: all.gateway } });
});
after(() => all.stop());

const ask = (model, content) => openai.chat.completions.create({ model, messages: [{ role: 'user', content }] });

describe('models', () => {
  test('are listed under all their names, in both shapes', async () => {
    const ids = [];
    for await (const entry of openai.models.list()) {
      ids.push(entry.id);
    }

    const names = [];
    for await (const entry of await gemini.models.list({ config: { pageSize: 5 } })) {
      names.push(entry.name);
    }

    // Models that draw in chats are for OpenAI's clients only.
    assert.deepEqual(names, ids.filter((id) => !id.endsWith('-chat')).map((id) => `models/${id}`));
    for (const id of ['gemini-2.5-flash', 'gemini-2.5-flash-search', 'gemini-2.5-flash-non-thinking', 'gemini-2.5-flash-image', 'quick']) {
      assert.ok(ids.includes(id), id);
      assert.equal((await openai.models.retrieve(id)).id, id);
    }
  });

  test('search by name, with annotations and links', async () => {
    const { message } = (await ask('gemini-2.5-flash-search-non-thinking', 'Which city?')).choices[0];
    const [{ url_citation: first }] = message.annotations;
    assert.ok([...message.content].slice(first.start_index, first.end_index).join('').length > 0);
    assert.ok(message.content.includes(`](${first.url})`));
  });

  test('search by name, natively', async () => {
    const answer = await gemini.models.generateContent({ model: 'gemini-2.5-flash-search', contents: 'Which city?' });
    assert.ok(answer.candidates[0].groundingMetadata.groundingChunks.length > 0);
  });

  test('run code, and take it back', async () => {
    const { message } = (await ask('quick', 'Reckon. [[code]]')).choices[0];
    assert.match(message.content, /```python\n[^]+\n```\n```output\n/u);
    const again = await openai.chat.completions.create({
      model: 'quick',
      messages: [{ role: 'user', content: 'Reckon.' }, { role: 'assistant', content: message.content }, { role: 'user', content: 'Thanks.' }],
    });
    assert.equal(again.choices[0].finish_reason, 'stop');
  });

  test('say what they are not set up for', async () => {
    await assert.rejects(ask('gemini-2.5-flash-lite-search', 'x'), (error) => error.status === 400 && error.message.includes('SEARCH_MODELS'));
  });
});
