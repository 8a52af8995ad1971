// Google's SDK for JavaScript and Vercel's AI SDK, unchanged: interactions, each of which belongs to one of three keys, by every version.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createGoogle } from '@ai-sdk/google';
import { GoogleGenAI } from '@google/genai';
import { generateText, jsonSchema, stepCountIs, streamText, tool, transcribe } from 'ai';
import { startAll, token } from './harness.mjs';

const model = 'gemini-2.5-flash';
const agent = 'deep-research-pro-preview-12-2025';
const other = 'sk-client-suite-other-token';
const once = { maxRetries: 0 };
let all;

before(async () => {
  all = await startAll({ ALLOWED_TOKENS: JSON.stringify([token, other]) });
});
after(() => all.stop());

const isNotFound = (error) => error.status === 404 && error.error?.error?.code === 'not_found';

async function eventsOf(stream) {
  const events = [];
  for await (const event of stream) {
    events.push(event);
  }

  return events;
}

for (const apiVersion of ['v1beta', 'v1', 'v1alpha']) {
  describe(`@google/genai, version ${apiVersion}`, () => {
    let client;
    let stranger;
    before(() => {
      client = new GoogleGenAI({ apiKey: token, apiVersion, httpOptions: { baseUrl: all.gateway } });
      stranger = new GoogleGenAI({ apiKey: other, apiVersion, httpOptions: { baseUrl: all.gateway } });
    });

    test('conversations go on where they are kept', async () => {
      let { id: previous } = await client.interactions.create({ model, input: 'My name is Ann' }, once);
      for (let i = 0; i < 6; i++) {
        const next = await client.interactions.create({ model: `models/${model}`, input: `Turn ${i}`, previous_interaction_id: previous }, once);
        assert.equal(next.output_text, `Echo: Turn ${i}`);
        assert.equal(next.previous_interaction_id, previous);
        assert.ok(next.usage.total_input_tokens > 0);
        previous = next.id;
      }
    });

    test('one is read, streamed again and deleted', async () => {
      const made = await client.interactions.create({ model, input: 'Keep this' }, once);
      for (let i = 0; i < 4; i++) {
        assert.equal((await client.interactions.get(made.id, {}, once)).output_text, 'Echo: Keep this');
      }

      const events = await eventsOf(await client.interactions.get(made.id, { stream: true }, once));
      const rest = await eventsOf(await client.interactions.get(made.id, { stream: true, last_event_id: events[2].event_id }, once));
      assert.deepEqual(rest, events.slice(3));
      await client.interactions.delete(made.id, {}, once);
      await assert.rejects(client.interactions.get(made.id, {}, once), isNotFound);
      await assert.rejects(client.interactions.create({ model, input: 'On', previous_interaction_id: made.id }, once), isNotFound);
    });

    test('a stream has its events in order, and can be gone on with', async () => {
      const events = await eventsOf(await client.interactions.create({ model, input: '[[think]] tell me', stream: true }, once));
      assert.deepEqual([events[0].event_type, events[1].event_type, events.at(-1).event_type], ['interaction.created', 'interaction.status_update', 'interaction.completed']);
      const text = events.filter((event) => event.delta?.type === 'text').map((event) => event.delta.text).join('');
      assert.equal(text, 'Echo: tell me');
      const next = await eventsOf(await client.interactions.create({ model, input: 'more', stream: true, previous_interaction_id: events[0].interaction.id }, once));
      assert.equal(next.at(-1).interaction.status, 'completed');
    });

    test('work in the background is polled and cancelled', async () => {
      const started = await client.interactions.create({ agent, input: 'Study this', background: true }, once);
      assert.equal(started.status, 'in_progress');
      let { status } = started;
      for (let i = 0; i < 4 && status === 'in_progress'; i++) {
        ({ status } = await client.interactions.get(started.id, {}, once));
      }

      assert.equal(status, 'completed');
      const second = await client.interactions.create({ model, input: 'Never mind', background: true }, once);
      assert.equal((await client.interactions.cancel(second.id, {}, once)).status, 'cancelled');
      await assert.rejects(client.interactions.cancel(second.id, {}, once), (error) => error.status === 400 && error.error?.error?.code === 'failed_precondition');
    });

    test('nobody sees what others have made', async () => {
      const { id } = await client.interactions.create({ model, input: 'A secret' }, once);
      await assert.rejects(stranger.interactions.get(id, {}, once), isNotFound);
      await assert.rejects(stranger.interactions.delete(id, {}, once), isNotFound);
      await assert.rejects(stranger.interactions.create({ model, input: 'Which?', previous_interaction_id: id }, once), isNotFound);
      assert.equal((await client.interactions.get(id, {}, once)).status, 'completed');
    });

    test('what is not stored cannot be gone on with', async () => {
      const { id } = await client.interactions.create({ model, input: 'Forget this', store: false }, once);
      assert.equal(id, undefined);
    });

    test('an uploaded file can be named', async () => {
      const file = await client.files.upload({ file: new Blob(['Some text'], { type: 'text/plain' }) });
      let previous;
      for (let i = 0; i < 4; i++) {
        const input = [{ type: 'document', uri: file.uri, mime_type: file.mimeType }, { type: 'text', text: 'What is in it?' }];
        const made = await client.interactions.create({ model, input, previous_interaction_id: previous }, once);
        assert.equal(made.status, 'completed');
        previous = made.id;
      }
    });

    test('mistakes and missing models are told', async () => {
      await assert.rejects(client.interactions.create({ model: 'gemini-nothing', input: 'Hi' }, once), (error) => error.status === 404 && error.error?.error?.code === 'model_not_found');
      await assert.rejects(client.interactions.create({ model, inputs: 'Hi' }, once), (error) => error.status === 400 && error.error?.error?.code === 'invalid_request');
    });
  });
}

describe('faults', () => {
  let client;
  before(() => {
    client = new GoogleGenAI({ apiKey: token, httpOptions: { baseUrl: all.gateway } });
  });
  test('an error that begins a stream is met by another key', async () => {
    await all.knobs({ method: 'interactions', errorAfterEvent: 2, streamError: 'RequestsPerMinute', times: 1 });
    const events = await eventsOf(await client.interactions.create({ model: 'gemini-2.5-flash-lite', input: 'Go', stream: true }, once));
    assert.equal(events.at(-1).event_type, 'interaction.completed');
    assert.ok(events.every((event) => event.event_type !== 'error'));
  });

  test('an error in the middle of a stream is an event of its own', async () => {
    await all.knobs({ method: 'interactions', errorAfterEvent: 5, eventDelayMs: 50, streamError: 'Internal', times: 1 });
    const seen = [];
    await assert.rejects(async () => {
      for await (const event of await client.interactions.create({ model, input: '[[long 5]] go', stream: true }, once)) {
        seen.push(event);
        if (event.event_type === 'error') {
          throw new Error(event.error.code);
        }
      }
    }, /internal/);
    assert.equal(seen.at(-1).event_type, 'error');
  });

  test('a key that is over its limit is passed over, with the wait it names', async () => {
    await all.knobs({ method: 'interactions', model: 'gemini-2.5-pro', error: 'RequestsPerMinute', times: 2 });
    assert.equal((await client.interactions.create({ model: 'gemini-2.5-pro', input: 'Go' }, once)).status, 'completed');
  });
});

describe('@ai-sdk/google', () => {
  let google;
  before(() => {
    google = createGoogle({ apiKey: token, baseURL: `${all.gateway}/v1beta` });
  });

  test('text is generated and streamed, turn after turn', async () => {
    let previousInteractionId;
    for (let i = 0; i < 4; i++) {
      const { text, usage, providerMetadata } = await generateText({
        model: google.interactions(model), prompt: `Turn ${i}`, maxRetries: 0, providerOptions: { google: { previousInteractionId } },
      });
      assert.equal(text, `Echo: Turn ${i}`);
      assert.ok(usage.inputTokens > 0 && usage.outputTokens > 0);
      previousInteractionId = providerMetadata.google.interactionId;
      assert.match(previousInteractionId, /^v1_/);
    }

    const streamed = streamText({ model: google.interactions(model), prompt: '[[long 12]] on', maxRetries: 0, providerOptions: { google: { previousInteractionId } } });
    assert.match(await streamed.text, /^chunk 1 of 12/);
  });

  test('tools are called', async () => {
    const weather = tool({
      description: 'The weather of a city',
      inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
      execute: ({ city }) => `sunny in ${city}`,
    });
    const { text, steps } = await generateText({
      model: google.interactions(model), prompt: '[[tool]] weather', tools: { get_weather: weather }, stopWhen: stepCountIs(4), maxRetries: 0,
    });
    assert.equal(steps.length, 2);
    assert.match(text, /sunny/);
  });

  test('an agent works in the background', async () => {
    const { text } = await generateText({ model: google.interactions({ agent }), prompt: 'Study this', maxRetries: 0, providerOptions: { google: { background: true } } });
    assert.equal(text, 'Echo: Study this');
    const streamed = streamText({ model: google.interactions({ agent }), prompt: 'And this', maxRetries: 0, providerOptions: { google: { background: true } } });
    assert.equal(await streamed.text, 'Echo: And this');
  });

  test('a recording is written down', async () => {
    const audio = Buffer.alloc(4844);
    Buffer.from('RIFF$\x12\0\0WAVEfmt ').copy(audio);
    const { text } = await transcribe({ model: google.transcription(model), audio, maxRetries: 0 });
    assert.equal(text, 'Heard 4844 bytes of audio/wav.');
  });
});
