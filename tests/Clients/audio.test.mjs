// Speech and transcription with the OpenAI SDK for Node.js, unchanged.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import { startAll, token } from './harness.mjs';
import { hasFfmpeg } from './processes.mjs';

let all;
let client;

before(async () => {
  all = await startAll();
  client = new OpenAI({ apiKey: token, baseURL: `${all.gateway}/v1`, maxRetries: 0 });
});
after(() => all.stop());

const speak = async (extra) => client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'Hello there.', ...extra });
const bytesOf = async (answer) => Buffer.from(await answer.arrayBuffer());

describe('speech', () => {
  test('is a WAV file of the announced length', async () => {
    const answer = await speak();
    const file = await bytesOf(answer);
    assert.equal(answer.headers.get('content-type'), 'audio/wav');
    assert.equal(file.subarray(0, 4).toString(), 'RIFF');
    assert.equal(file.readUInt32LE(40), file.length - 44);
    assert.equal(file.readUInt32LE(24), 24000);
  });

  for (const model of ['gemini-2.5-flash-preview-tts', 'gemini-3.8-flash-tts']) {
    test(`${model}: the same samples whole and streamed, in every format`, async () => {
      const pcm = await bytesOf(await speak({ model, response_format: 'pcm' }));
      const wav = await bytesOf(await speak({ model, response_format: 'wav', instructions: 'Cheerfully.', speed: 1.5 }));
      const streamed = await bytesOf(await speak({ model, response_format: 'pcm', stream_format: 'audio' }));
      const flac = await bytesOf(await speak({ model, response_format: 'flac' }));
      assert.equal(pcm.length, 9600);
      assert.deepEqual(wav.subarray(44), pcm);
      assert.deepEqual(streamed, pcm);
      assert.equal(flac.subarray(0, 4).toString(), 'fLaC');
      assert.ok(flac.length < pcm.length);
    });
  }

  test('comes in events that end with the usage', async () => {
    const text = await (await speak({ response_format: 'pcm', stream_format: 'sse' })).text();
    const events = text.split('\n\n').filter((event) => event.startsWith('data: {')).map((event) => JSON.parse(event.slice(6)));
    assert.deepEqual([...new Set(events.map((event) => event.type))], ['speech.audio.delta', 'speech.audio.done']);
    assert.equal(Buffer.concat(events.filter((event) => event.audio).map((event) => Buffer.from(event.audio, 'base64'))).length, 9600);
    assert.ok(events.at(-1).usage.total_tokens > 0);
  });

  test('knows every voice of OpenAI', async () => {
    for (const voice of ['alloy', 'ash', 'ballad', 'coral', 'echo', 'fable', 'onyx', 'nova', 'sage', 'shimmer', 'verse', 'marin', 'cedar']) {
      assert.equal((await bytesOf(await speak({ voice }))).length, 9644);
    }
  });

  test('packs as MP3, Opus and AAC', { skip: !hasFfmpeg && 'needs ffmpeg' }, async () => {
    for (const [response_format, begins] of [['mp3', 'ID3'], ['opus', 'OggS'], ['aac', '\u00ff\u00f1']]) {
      assert.ok((await bytesOf(await speak({ response_format }))).toString('latin1').startsWith(begins), response_format);
    }
  });

  test('says clearly what it cannot make', { skip: !hasFfmpeg && 'needs ffmpeg' }, async () => {
    await assert.rejects(
      speak({ response_format: 'mp3', stream_format: 'sse' }),
      (error) => error instanceof OpenAI.BadRequestError && error.param === 'response_format' && /wav, pcm or flac/.test(error.message));
  });

  test('speaks as WAV what it cannot pack, and with the usual voice for nobody\'s', async () => {
    const answer = await speak({ voice: 'nobody', response_format: hasFfmpeg ? 'wav' : 'mp3' });
    assert.equal(answer.headers.get('content-type'), 'audio/wav');
    assert.equal((await bytesOf(answer)).toString('latin1').slice(0, 4), 'RIFF');
  });
});

describe('transcription', () => {
  const wav = async () => toFile(await bytesOf(await speak()), 'talk.wav');

  test('of what was spoken', async () => {
    const answer = await client.audio.transcriptions.create({ model: 'whisper-1', file: await wav(), language: 'en' });
    assert.equal(answer.text, 'Heard 9644 bytes of audio/wav.');
    assert.ok(answer.usage.total_tokens > 0);
  });

  test('as text', async () => {
    const text = await client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await wav(), response_format: 'text' });
    assert.equal(text.trim(), 'Heard 9644 bytes of audio/wav.');
  });

  test('in a stream', async () => {
    let heard = '';
    let done;
    for await (const event of await client.audio.transcriptions.create({ model: 'gemini-2.5-flash', file: await wav(), stream: true })) {
      heard += event.type === 'transcript.text.delta' ? event.delta : '';
      done = event.type === 'transcript.text.done' ? event : done;
    }

    assert.equal(heard, 'Heard 9644 bytes of audio/wav.');
    assert.equal(done.text, heard);
  });

  test('with times', async () => {
    const verbose = await client.audio.transcriptions.create({ model: 'whisper-1', file: await wav(), response_format: 'verbose_json', timestamp_granularities: ['segment'] });
    assert.deepEqual([verbose.text, verbose.language, verbose.duration, verbose.usage.seconds], ['Heard 9644 bytes of audio/wav.', 'english', 0.2, 1]);
    assert.deepEqual(verbose.segments.map((segment) => [segment.id, segment.start, segment.end, segment.text]), [[0, 0, 0.1, 'Heard 9644 bytes'], [1, 0.1, 0.2, 'of audio/wav.']]);
    const srt = await client.audio.transcriptions.create({ model: 'whisper-1', file: await wav(), response_format: 'srt' });
    assert.equal(srt, '1\n00:00:00,000 --> 00:00:00,100\nHeard 9644 bytes\n\n2\n00:00:00,100 --> 00:00:00,200\nof audio/wav.\n\n');
    const vtt = await client.audio.translations.create({ model: 'whisper-1', file: await wav(), response_format: 'vtt' });
    assert.ok(vtt.startsWith('WEBVTT\n\n00:00:00.000 --> 00:00:00.100\nHeard 9644 bytes\n'));
  });

  test('of a translation', async () => {
    assert.equal((await client.audio.translations.create({ model: 'whisper-1', file: await wav() })).text, 'Heard 9644 bytes of audio/wav.');
  });

  test('says clearly what it cannot tell', async () => {
    const file = await wav();
    const refused = (extra, param) => assert.rejects(client.audio.transcriptions.create({ model: 'whisper-1', file, ...extra }), (error) => error instanceof OpenAI.BadRequestError && error.param === param);
    await refused({ response_format: 'diarized_json' }, 'response_format');
    await refused({ response_format: 'verbose_json', timestamp_granularities: ['word'] }, 'timestamp_granularities');
    await refused({ response_format: 'srt', stream: true }, 'stream');
    await assert.rejects(client.audio.transcriptions.create({ model: 'whisper-1', file: await toFile(Buffer.from('not a recording at all'), 'x.txt') }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'file');
  });
});
