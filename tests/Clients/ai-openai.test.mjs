// Vercel's AI SDK with its OpenAI provider and the one for compatible endpoints, unchanged. Its Responses API is in responses.test.mjs.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  embed, embedMany, experimental_getBatchResults as getBatchResults, experimental_getBatchStatus as getBatchStatus, experimental_startBatch as startBatch, generateImage,
  generateSpeech, generateText, jsonSchema, Output, stepCountIs, streamText, tool, transcribe,
} from 'ai';
import { z } from 'zod';
import { startAll, token } from './harness.mjs';
import { hasFfmpeg } from './processes.mjs';

const names = ['gemini-2.5-flash', 'gemini-3-flash-preview'];
const weather = tool({
  description: 'The weather of a city',
  inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false }),
  execute: ({ city }) => `sunny in ${city}`,
});
let all;
let openai;
let compatible;

before(async () => {
  all = await startAll();
  openai = createOpenAI({ apiKey: token, baseURL: `${all.gateway}/v1` });
  compatible = createOpenAICompatible({ name: 'balance', apiKey: token, baseURL: `${all.gateway}/v1`, includeUsage: true, supportsStructuredOutputs: true });
});
after(() => all.stop());

const chats = { 'openai.chat': (name) => openai.chat(name), 'openai-compatible': (name) => compatible(name) };

for (const [library, chat] of Object.entries(chats)) {
  describe(library, () => {
    test('generates and streams text, with usage', async () => {
      const { text, finishReason, usage } = await generateText({ model: chat(names[0]), prompt: 'Hello there', maxRetries: 0 });
      assert.deepEqual([text, finishReason], ['Echo: Hello there', 'stop']);
      assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
      const streamed = streamText({ model: chat(names[0]), prompt: 'Hello there', maxRetries: 0 });
      assert.equal(await streamed.text, text);
      assert.ok((await streamed.usage).totalTokens > 0);
    });

    for (const name of names) {
      test(`streams tool calls and their results with ${name}`, async () => {
        const result = streamText({ model: chat(name), prompt: '[[tool 2]] weather', tools: { get_weather: weather }, stopWhen: stepCountIs(5), maxRetries: 0 });
        for await (const part of result.fullStream) {
          assert.notEqual(part.type, 'error', String(part.error));
        }

        assert.equal((await result.steps).length, 3);
        assert.match(await result.text, /sunny/);
      });
    }

    test('structured output parses', async () => {
      const { output } = await generateText({
        model: chat(names[0]), prompt: 'Give me a person', maxRetries: 0, output: Output.object({ schema: z.object({ name: z.string(), age: z.number().int() }) }),
      });
      assert.equal(typeof output.age, 'number');
    });

    test('errors are told', async () => {
      await assert.rejects(generateText({ model: chat('gemini-nothing'), prompt: 'Hi', maxRetries: 0 }), (error) => error.statusCode === 404);
    });
  });
}

test('thoughts come as reasoning', async () => {
  const { reasoningText } = await generateText({ model: compatible(names[0]), prompt: '[[think]] why', maxRetries: 0, providerOptions: { balance: { reasoningEffort: 'low' } } });
  assert.ok(reasoningText.length > 0);
});

test('older completions', async () => {
  assert.match((await generateText({ model: openai.completion(names[0]), prompt: 'Hello there', maxRetries: 0 })).text, /Hello there/);
});

for (const library of ['openai', 'openai-compatible']) {
  describe(`${library}, other kinds`, () => {
    const provider = () => (library === 'openai' ? openai : compatible);

    test('one embedding and many', async () => {
      const model = provider().embeddingModel('gemini-embedding-001');
      const { embedding } = await embed({ model, value: 'second', maxRetries: 0 });
      const { embeddings, usage } = await embedMany({ model, values: ['first', 'second'], maxRetries: 0 });
      assert.deepEqual(embeddings[1], embedding);
      assert.ok(usage.tokens > 0);
    });

    test('a picture', async () => {
      const { images } = await generateImage({ model: provider().imageModel('gemini-3.1-flash-image'), prompt: 'a cat', n: 2, size: '1024x1024', maxRetries: 0 });
      assert.deepEqual(images.map((image) => Buffer.from(image.uint8Array).subarray(1, 4).toString()), ['PNG', 'PNG']);
    });
  });
}

test('a batch of responses runs to its end', async () => {
  const requests = [1, 2].map((i) => ({ id: `r${i}`, type: 'text', model: names[0], prompt: `Number ${i}` }));
  const batch = await startBatch({ provider: openai, requests });
  let { status } = batch;
  for (let i = 0; i < 5 && status !== 'completed'; i++) {
    ({ status } = await getBatchStatus({ provider: openai, batch }));
  }

  assert.equal(status, 'completed');
  const results = [];
  for await (const result of await getBatchResults({ provider: openai, batch })) {
    results.push(result);
  }

  assert.deepEqual(results.map((result) => [result.id, result.text]), [['r1', 'Echo: Number 1'], ['r2', 'Echo: Number 2']]);
});

describe('sound', () => {
  test('speech, in the format that is asked for', async () => {
    const { audio } = await generateSpeech({ model: openai.speech('gpt-4o-mini-tts'), text: 'Hello there.', voice: 'alloy', outputFormat: 'wav', maxRetries: 0 });
    assert.equal(Buffer.from(audio.uint8Array).subarray(0, 4).toString(), 'RIFF');
  });

  test('speech without a format is asked for as MP3, which needs ffmpeg, and is WAV without', async () => {
    const { audio } = await generateSpeech({ model: openai.speech('gpt-4o-mini-tts'), text: 'Hello there.', voice: 'alloy', maxRetries: 0 });
    if (hasFfmpeg) {
      assert.equal(audio.mediaType, 'audio/mpeg');
    } else {
      assert.equal(Buffer.from(audio.uint8Array).subarray(0, 4).toString(), 'RIFF');
    }
  });

  test('transcription', async () => {
    const { audio } = await generateSpeech({ model: openai.speech('gpt-4o-mini-tts'), text: 'Hello there.', voice: 'alloy', outputFormat: 'wav', maxRetries: 0 });
    const { text } = await transcribe({ model: openai.transcription('gpt-4o-transcribe'), audio: audio.uint8Array, maxRetries: 0 });
    assert.ok(text.length > 0);
    const timed = await transcribe({ model: openai.transcription('whisper-1'), audio: audio.uint8Array, maxRetries: 0 });
    assert.deepEqual(timed.segments.map((segment) => [segment.startSecond, segment.endSecond]), [[0, 0.1], [0.1, 0.2]]);
    assert.equal(timed.durationInSeconds, 0.2);
  });
});
