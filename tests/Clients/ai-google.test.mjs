// Vercel's AI SDK with its Google provider, unchanged, against the Gemini face.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createGoogle } from '@ai-sdk/google';
import {
  embed, embedMany, experimental_getBatchResults as getBatchResults, experimental_getBatchStatus as getBatchStatus,
  experimental_listBatches as listBatches, experimental_startBatch as startBatch, generateImage, generateSpeech, generateText, jsonSchema, Output, stepCountIs,
  streamText, tool, uploadFile,
} from 'ai';
import { z } from 'zod';
import { startAll, token } from './harness.mjs';

const names = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = tool({
  description: 'The weather of a city',
  inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  execute: ({ city }) => `sunny in ${city}`,
});
let all;
let google;

before(async () => {
  all = await startAll();
  google = createGoogle({ apiKey: token, baseURL: `${all.gateway}/v1beta` });
});
after(() => all.stop());

describe('text', () => {
  test('is generated and streamed, with usage', async () => {
    const { text, finishReason, usage } = await generateText({ model: google(names[0]), prompt: 'Hello there', maxRetries: 0 });
    assert.deepEqual([text, finishReason], ['Echo: Hello there', 'stop']);
    assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
    const streamed = streamText({ model: google(names[0]), prompt: '[[long 12]] tell me', maxRetries: 0 });
    let pieces = 0;
    for await (const piece of streamed.textStream) {
      assert.ok(piece.length > 0);
      pieces++;
    }

    assert.ok(pieces >= 12);
  });

  for (const name of names) {
    test(`streams thoughts, tool calls and their results with ${name}`, async () => {
      const result = streamText({
        model: google(name), prompt: '[[tool 2]] weather', tools: { get_weather: weather }, stopWhen: stepCountIs(5), maxRetries: 0,
        providerOptions: { google: { thinkingConfig: { includeThoughts: true } } },
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

  test('structured output parses', async () => {
    const { output } = await generateText({
      model: google(names[0]), prompt: 'Give me a person', maxRetries: 0, output: Output.object({ schema: z.object({ name: z.string(), age: z.number().int() }) }),
    });
    assert.equal(typeof output.age, 'number');
  });

  test('search has sources', async () => {
    const { sources } = await generateText({ model: google(names[0]), prompt: '[[search]] Japan', maxRetries: 0, tools: { google_search: google.tools.googleSearch({}) } });
    assert.match(sources[0].url, /^https:/);
  });

  test('errors are told', async () => {
    await assert.rejects(generateText({ model: google('gemini-nothing'), prompt: 'Hi', maxRetries: 0 }), (error) => error.statusCode === 404);
  });
});

describe('other kinds', () => {
  test('one embedding and many', async () => {
    const { embedding } = await embed({ model: google.embedding('gemini-embedding-001'), value: 'second', maxRetries: 0 });
    const { embeddings } = await embedMany({ model: google.embedding('gemini-embedding-001'), values: ['first', 'second'], maxRetries: 0 });
    assert.deepEqual(embeddings[1], embedding);
  });

  test('a picture', async () => {
    const { image } = await generateImage({ model: google.image('gemini-3.1-flash-image'), prompt: 'a cat', aspectRatio: '16:9', maxRetries: 0 });
    assert.equal(image.mediaType, 'image/png');
    assert.equal(Buffer.from(image.uint8Array).subarray(1, 4).toString(), 'PNG');
  });

  test('speech', async () => {
    const { audio } = await generateSpeech({ model: google.speech('gemini-2.5-flash-preview-tts'), text: 'Hello there.', voice: 'Kore', maxRetries: 0 });
    assert.equal(Buffer.from(audio.uint8Array).subarray(0, 4).toString(), 'RIFF');
  });

  test('a video', { skip: "the provider fetches a video from Google's own address with the client's key, not from its base URL" }, () => {});

  test('a file is uploaded and used', async () => {
    const { providerReference, mediaType } = await uploadFile({ api: google, data: { type: 'text', text: 'Some text' }, mediaType: 'text/plain' });
    const content = [{ type: 'text', text: 'What is in it?' }, { type: 'file', mediaType, data: providerReference }];
    assert.ok((await generateText({ model: google(names[0]), messages: [{ role: 'user', content }], maxRetries: 0 })).text.length > 0);
  });

  test('a batch runs to its end', async () => {
    const requests = [1, 2].map((i) => ({ id: `r${i}`, type: 'text', model: names[0], prompt: `Number ${i}` }));
    const batch = await startBatch({ provider: google, requests });
    let { status } = batch;
    for (let i = 0; i < 5 && status !== 'completed'; i++) {
      ({ status } = await getBatchStatus({ provider: google, batch }));
    }

    assert.equal(status, 'completed');
    const results = [];
    for await (const result of await getBatchResults({ provider: google, batch })) {
      results.push(result);
    }

    assert.deepEqual(results.map((result) => [result.id, result.text]), [['r1', 'Echo: Number 1'], ['r2', 'Echo: Number 2']]);
    assert.ok((await listBatches({ provider: google })).batches.some((item) => item.id === batch.id));
  });

  test('a batch too large for one request goes up as a file and comes back as one', async () => {
    const filler = 'x'.repeat(11 * 1024 * 1024);
    const requests = [1, 2].map((i) => ({ id: `r${i}`, type: 'text', model: names[0], prompt: `${filler} [[finish STOP]] ${i}` }));
    const batch = await startBatch({ provider: google, requests });
    await getBatchStatus({ provider: google, batch });
    assert.equal((await getBatchStatus({ provider: google, batch })).status, 'completed');
    const ids = [];
    for await (const result of await getBatchResults({ provider: google, batch })) {
      ids.push(result.id);
    }

    assert.deepEqual(ids, ['r1', 'r2']);
  });
});
