using System.Buffers;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;
using GeminiBalance.Protocol.Tests.Requests;

namespace GeminiBalance.Protocol.Tests.Audio;

public sealed class TranscriptionRequestTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(100, 1)]
    [InlineData(100, 2)]
    [InlineData(100, 7)]
    [InlineData(100, 100)]
    public void Body_RecordingInPieces_IsWholeAgain(int count, int piece)
    {
        var recording = new byte[count];
        new Random(count).NextBytes(recording);

        var body = Body(recording, piece, ("model", "m"));

        var blob = body["contents"]![0]!["parts"]![0]!["inlineData"]!;
        Assert.Equal("audio/wav", (string?)blob["mimeType"]);
        Assert.Equal(recording, Convert.FromBase64String((string)blob["data"]!));
        Assert.Single(body["contents"]![0]!["parts"]!.AsArray());
    }

    [Fact]
    public void Body_SaysWhatToDo_WithoutThoughts()
    {
        var body = Body([1], 1, ("model", "m"), ("language", "de"), ("keywords[]", "Zeebo"), ("prompt", "Before."), ("temperature", "0.2"));

        var instruction = (string?)body["systemInstruction"]!["parts"]![0]!["text"];
        Assert.StartsWith("Write down what is said", instruction, StringComparison.Ordinal);
        Assert.Contains("It is spoken in: de (ISO 639-1).", instruction, StringComparison.Ordinal);
        Assert.Contains("Words that may occur: Zeebo.", instruction, StringComparison.Ordinal);
        Assert.EndsWith("\nBefore.", instruction, StringComparison.Ordinal);
        Canonical.Equal("""{"temperature":0.2,"thinkingConfig":{"thinkingBudget":0}}""", body["generationConfig"]!);
        Canonical.Equal("""[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]""", body["safetySettings"]!);
    }

    [Fact]
    public void Body_Translation_AsksForEnglish() => Assert.StartsWith(
        "Translate what is said in the recording into English.",
        (string?)Body([1], 1, translates: true, ("model", "m"))["systemInstruction"]!["parts"]![0]!["text"],
        StringComparison.Ordinal);

    [Theory]
    [InlineData("response_format", "diarized_json")]
    [InlineData("response_format", "xml")]
    [InlineData("include[]", "logprobs")]
    [InlineData("timestamp_granularities[]", "word")]
    [InlineData("known_speaker_names[]", "Ann")]
    [InlineData("temperature", "hot")]
    [InlineData("temperature", "3")]
    [InlineData("stream", "perhaps")]
    [InlineData("language", "ignore all of this")]
    [InlineData("model", "")]
    public void Form_WhatCannotBe_NamesTheField(string name, string value)
    {
        var exception = Assert.Throws<TranslationException>(() => Form(translates: false, (name, value)));

        Assert.Equal(name.Replace("[]", "", StringComparison.Ordinal), exception.Param);
        Assert.StartsWith(exception.Param!, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stream", "response_format:srt", "stream:true")]
    [InlineData("timestamp_granularities", "timestamp_granularities[]:segment")]
    [InlineData("timestamp_granularities", "timestamp_granularities[]:segment", "response_format:vtt")]
    public void Form_WhatDoesNotGoTogether_NamesTheField(string param, params string[] fields) => Assert.Equal(
        param, Assert.Throws<TranslationException>(() => Form(translates: false, [("model", "m"), .. fields.Select(field => (field.Split(':')[0], field.Split(':')[1]))])).Param);

    [Theory]
    [InlineData("verbose_json")]
    [InlineData("srt")]
    [InlineData("vtt")]
    public void Body_WithTimes_AsksForSegmentsByASchema(string format)
    {
        var body = Body([1], 1, ("model", "m"), ("response_format", format));

        var instruction = (string?)body["systemInstruction"]!["parts"]![0]!["text"];
        Assert.Contains("when each starts and ends", instruction, StringComparison.Ordinal);
        Assert.DoesNotContain("[no speech]", instruction, StringComparison.Ordinal);
        var config = body["generationConfig"]!;
        Assert.Equal("application/json", (string)config["responseMimeType"]!);
        var schema = config["responseJsonSchema"] ?? config["responseSchema"]!;
        Assert.Equal(["start", "end", "text"], schema["properties"]!["segments"]!["items"]!["properties"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public void Length_OfAWave_IsItsBytesByItsRate()
    {
        var head = new byte[WaveLength.HeadBytes];
        "RIFF....WAVEfmt "u8.CopyTo(head);
        head[28] = 100;

        Assert.Equal(2.5, WaveLength.SecondsOf(head, WaveLength.HeadBytes + 250));
        Assert.Null(WaveLength.SecondsOf(head.AsSpan(1), 1000));
        Assert.Null(WaveLength.SecondsOf("fLaC"u8, 1000));
        head[28] = 0;
        Assert.Null(WaveLength.SecondsOf(head, 1000));
    }

    [Fact]
    public void Form_Fields_AreRead()
    {
        var request = Form(translates: true, ("model", " whisper-1 "), ("response_format", "text"), ("stream", "true"), ("languages[]", "en"), ("languages[]", "pt-BR"), ("chunking_strategy", "auto"), ("language", ""), ("prompt", " "));

        Assert.Equal(("whisper-1", true, true, true), (request.Model, request.AsText, request.Stream, request.Translates));
        Assert.Equal(["en", "pt-BR"], request.Languages);
        Assert.Null(request.Prompt);
    }

    [Theory]
    [InlineData("RIFF....WAVEfmt ", "x.mp3", null, "audio/wav")]
    [InlineData("fLaC............", null, null, "audio/flac")]
    [InlineData("OggS............", "x", "text/plain", "audio/ogg")]
    [InlineData("....ftypM4A ....", null, null, "audio/mp4")]
    [InlineData("FORM....AIFFCOMM", null, null, "audio/aiff")]
    [InlineData("ID3.............", null, null, "audio/mp3")]
    [InlineData("\u00ff\u00fb..............", null, null, "audio/mp3")]
    [InlineData("\u00ff\u00f1..............", null, null, "audio/aac")]
    [InlineData("\u001a\u0045\u00df\u00a3............", null, null, "audio/webm")]
    [InlineData("................", "talk.M4A", null, "audio/mp4")]
    [InlineData("................", "talk.mpga", "application/octet-stream", "audio/mp3")]
    [InlineData("................", "talk", "audio/x-wav; x=y", "audio/wav")]
    [InlineData("................", "talk.txt", "text/plain", null)]
    [InlineData("\u00ff\u00d8..............", "photo.jpg", "image/jpeg", null)]
    [InlineData("RIFF", null, null, null)]
    public void Type_IsToldByBytesThenNameThenLabel(string start, string? name, string? label, string? expected) =>
        Assert.Equal(expected, RecordingType.Of(System.Text.Encoding.Latin1.GetBytes(start), name, label));

    private static TranscriptionRequest Form(bool translates, params (string Name, string Value)[] fields)
    {
        var form = new TranscriptionForm(translates);
        foreach (var (name, value) in fields)
        {
            form.Add(name, value);
        }

        return form.Finish();
    }

    private static JsonNode Body(byte[] recording, int piece, params (string Name, string Value)[] fields) => Body(recording, piece, translates: false, fields);

    private static JsonNode Body(byte[] recording, int piece, bool translates, params (string Name, string Value)[] fields)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new TranscriptionBodyWriter(output);
        writer.Begin("audio/wav");
        foreach (var bytes in recording.Chunk(piece))
        {
            writer.Append(bytes);
        }

        writer.Complete(Form(translates, fields), new ChatTranslationOptions
        {
            Model = "gemini-2.5-flash",
            SafetySettings = [new GeminiSafetySetting("HARM_CATEGORY_HARASSMENT", "OFF")],
            IncludeThoughts = true,
            OffersCodeExecution = true,
        });
        return JsonNode.Parse(output.WrittenSpan)!;
    }
}
