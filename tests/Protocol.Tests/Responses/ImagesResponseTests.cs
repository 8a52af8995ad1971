using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Protocol.Gemini;
using GeminiBalance.Protocol.GeminiToOpenAI;

namespace GeminiBalance.Protocol.Tests.Responses;

/// <summary>Answers to requests for pictures.</summary>
public sealed class ImagesResponseTests
{
    private const string Drawn =
        """
        {"candidates":[{"content":{"parts":[{"thought":true,"inlineData":{"mimeType":"image/png","data":"SKETCH=="}},{"text":"A cat."},
        {"inlineData":{"mimeType":"image/jpeg","data":"QUJD"}}]},"finishReason":"STOP"}],
        "usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":1300,"totalTokenCount":1307,"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1290}]}}
        """;

    [Fact]
    public void Harvest_TakesPicturesAndWordsButNoSketches()
    {
        var harvest = Content(Drawn);

        Assert.Equal(new GeneratedImage("image/jpeg", new Utf8Text("QUJD"u8.ToArray()), "A cat."), Assert.Single(harvest.Images));
        Assert.Null(harvest.Withheld);
    }

    [Fact]
    public void Harvest_OfImagen_TakesPicturesAndReasons()
    {
        var harvest = Prediction("""{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"QUJD","prompt":"a fine cat"},{"raiFilteredReason":"No."}]}""");

        Assert.Equal(new GeneratedImage("image/png", new Utf8Text("QUJD"u8.ToArray()), "a fine cat"), Assert.Single(harvest.Images));
        Assert.Equal("No.", harvest.Withheld);
    }

    [Theory]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"}}""", "content_policy_violation")]
    [InlineData("""{"candidates":[{"finishReason":"IMAGE_SAFETY"}]}""", "content_policy_violation")]
    [InlineData("""{"candidates":[{"finishReason":"NO_IMAGE"}]}""", "image_generation_failed")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"I only talk."}]},"finishReason":"STOP"}]}""", "image_generation_failed")]
    public void Explain_TellsFiltersFromModelsThatOnlyTalk(string answer, string code)
    {
        var error = ImagesResponseTranslator.Explain([Content(answer)]);

        Assert.Equal((400, code), (error.HttpStatus, error.Code));
        Assert.Equal(answer.Contains("talk", StringComparison.Ordinal), error.Message.Contains("I only talk.", StringComparison.Ordinal));
    }

    [Fact]
    public void Explain_OfImagensSilence_IsAFilter() =>
        Assert.Equal("content_policy_violation", ImagesResponseTranslator.Explain([Prediction("{}")]).Code);

    [Fact]
    public void Write_HasPicturesInTheFieldAskedForAndUsage()
    {
        var harvest = Content(Drawn);
        var image = harvest.Images[0];

        var written = Write(new ImagesAnswer
        {
            Created = 5,
            Usage = harvest.Usage,
            Images = [new(image, null, AsUrl: false), new(image, "https://host.test/1.jpg", AsUrl: true), new(image, null, AsUrl: true)],
        });

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                """
                {"created":5,"data":[{"b64_json":"QUJD","revised_prompt":"A cat."},{"url":"https://host.test/1.jpg","revised_prompt":"A cat."},
                {"url":"data:image/jpeg;base64,QUJD","revised_prompt":"A cat."}],"output_format":"jpeg",
                "usage":{"total_tokens":1307,"input_tokens":7,"output_tokens":1300,"input_tokens_details":{"text_tokens":7,"image_tokens":0},
                "output_tokens_details":{"text_tokens":10,"image_tokens":1290}}}
                """),
            JsonNode.Parse(written)),
            written);
    }

    [Fact]
    public void WriteEvents_EndsEachPictureAndCountsTokensOnce()
    {
        var harvest = Content(Drawn);
        var buffer = new ArrayBufferWriter<byte>();
        var image = new AnsweredImage(harvest.Images[0], null, AsUrl: false);
        ImagesResponseTranslator.WriteEvents(new ImagesAnswer { Created = 5, Images = [image, image], Usage = harvest.Usage }, "image_edit", buffer);

        var events = Encoding.UTF8.GetString(buffer.WrittenSpan).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var data = events.Select(one => JsonNode.Parse(one.Split("data: ")[1])!).ToList();
        Assert.All(events, one => Assert.StartsWith("event: image_edit.completed\n", one, StringComparison.Ordinal));
        Assert.All(data, one => Assert.Equal(("image_edit.completed", "QUJD"), ((string?)one["type"], (string?)one["b64_json"])));
        Assert.Equal([false, true], data.Select(one => one["usage"] is not null));
    }

    private static ImageHarvest Content(string json) => ImageHarvest.Of(GeminiAnswerReader.Read(Encoding.UTF8.GetBytes(json)));

    private static ImageHarvest Prediction(string json) => ImageHarvest.Of(GeminiAnswerReader.ReadPrediction(Encoding.UTF8.GetBytes(json)));

    private static string Write(ImagesAnswer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ImagesResponseTranslator.Write(answer, buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
