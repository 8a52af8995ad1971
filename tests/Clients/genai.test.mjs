// Google's SDK for JavaScript, unchanged, against the Gemini face.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ApiError, GoogleGenAI, Type } from '@google/genai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const gemini3 = 'gemini-3-flash-preview';
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] },
};
let all;
let client;

before(async () => {
  all = await startAll();
  client = new GoogleGenAI({ apiKey: token, httpOptions: { baseUrl: all.gateway } });
});
after(() => all.stop());

const ask = (contents, config = {}, name = model) => client.models.generateContent({ model: name, contents, config });

describe('generateContent', () => {
  test('answers with text and usage', async () => {
    const answer = await ask('Hello there');
    assert.ok(answer.text.length > 0);
    assert.ok(answer.usageMetadata.totalTokenCount > 0);
  });

  test('streams', async () => {
    let text = '';
    let events = 0;
    for await (const chunk of await client.models.generateContentStream({ model, contents: '[[long 12]] tell me' })) {
      text += chunk.text ?? '';
      events++;
    }

    assert.ok(text.length > 0);
    assert.ok(events >= 12);
  });

  test('thoughts stay apart', async () => {
    const answer = await ask('[[think]] why', { thinkingConfig: { includeThoughts: true } });
    assert.ok(answer.candidates[0].content.parts.some((part) => part.thought));
  });

  test('structured output parses', async () => {
    const answer = await ask('Give me a person', {
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } }, required: ['name', 'age'] },
    });
    assert.equal(typeof JSON.parse(answer.text).age, 'number');
  });

  test('a picture comes back as inline data', async () => {
    const answer = await ask('[[image]] draw', {}, 'gemini-2.5-flash-image');
    assert.ok(answer.candidates[0].content.parts.some((part) => part.inlineData?.mimeType === 'image/png'));
  });

  test('a picture in reaches the model', async () => {
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const answer = await ask([{ text: 'What is this?' }, { inlineData: { mimeType: 'image/png', data: png } }]);
    assert.equal(answer.candidates[0].finishReason, 'STOP');
  });

  test('a client that leaves in mid-stream cancels the upstream call', async () => {
    const controller = new AbortController();
    const before = (await all.stats()).abortedByClient;
    const stream = await client.models.generateContentStream({ model, contents: '[[long 400]] [[pace 50]] story', config: { abortSignal: controller.signal } });
    await assert.rejects(async () => {
      for await (const chunk of stream) {
        assert.ok(chunk);
        controller.abort();
      }
    });
    while ((await all.stats()).abortedByClient === before) {
      await new Promise((done) => setImmediate(done)); // The suite's time limit ends it.
    }
  });

  test('a blocked prompt has its reason', async () => {
    assert.ok((await ask('[[block]]')).promptFeedback.blockReason);
  });
});

describe('tools', () => {
  test('several turns with ids and thought signatures', async () => {
    const config = { tools: [{ functionDeclarations: [weather] }] };
    const contents = [{ role: 'user', parts: [{ text: '[[tool]] weather in Paris' }] }];
    const first = await ask(contents, config, gemini3);
    const call = first.functionCalls[0];
    assert.equal(call.name, 'get_weather');
    contents.push(first.candidates[0].content);
    contents.push({ role: 'user', parts: [{ functionResponse: { id: call.id, name: call.name, response: { temperature: 21 } } }] });
    assert.ok((await ask(contents, config, gemini3)).text.length > 0);
  });

  test('a chat keeps its history', async () => {
    const chat = client.chats.create({ model });
    assert.ok((await chat.sendMessage({ message: 'Hello' })).text.length > 0);
    assert.ok((await chat.sendMessage({ message: 'And again' })).text.length > 0);
    assert.equal(chat.getHistory().length, 4);
  });
});

describe('other methods', () => {
  test('counts tokens', async () => {
    assert.ok((await client.models.countTokens({ model, contents: 'How many are these?' })).totalTokens > 0);
  });

  test('embeds', async () => {
    const answer = await client.models.embedContent({ model: 'gemini-embedding-001', contents: ['first', 'second'], config: { outputDimensionality: 256 } });
    assert.deepEqual(answer.embeddings.map((embedding) => embedding.values.length), [256, 256]);
  });

  test('lists models and gets one', async () => {
    const names = [];
    for await (const entry of await client.models.list()) {
      names.push(entry.name);
    }

    assert.ok(names.includes(`models/${model}`));
    assert.equal((await client.models.get({ model })).name, `models/${model}`);
  });
});

describe('errors', () => {
  test('a wrong token is a 401 of Google\'s shape', async () => {
    const stranger = new GoogleGenAI({ apiKey: 'wrong', httpOptions: { baseUrl: all.gateway } });
    await assert.rejects(stranger.models.generateContent({ model, contents: 'Hello' }), (error) => error instanceof ApiError && error.status === 401 && JSON.parse(error.message).error.status === 'UNAUTHENTICATED');
  });

  test('a model that is not there is a 404', async () => {
    await assert.rejects(ask('Hello', {}, 'gemini-0-nothing'), (error) => error instanceof ApiError && error.status === 404);
  });

  test('a bad request comes through as the upstream said it', async () => {
    await assert.rejects(ask('Hello', { responseMimeType: 'application/json', thinkingConfig: { thinkingLevel: 'LOW' } }), (error) => error instanceof ApiError && error.status === 400);
  });
});
