using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

/// <summary>Imagen's predictions and the answers of models that draw.</summary>
public sealed class PictureTests : FakeTest
{
    private const string Imagen = "imagen-4.0-generate-001";
    private const string Drawer = "gemini-3.1-flash-image";

    [Fact]
    public async Task Predict_AnswersAsManyPicturesAsAskedInTheirFormat()
    {
        var (status, body) = await AskAsync(Instance("a cat", """{"sampleCount":3,"outputOptions":{"mimeType":"image/jpeg"}}"""), Imagen, "predict");

        var predictions = body["predictions"]!.AsArray();
        Assert.Equal((200, 3), (status, predictions.Count));
        Assert.All(predictions, prediction => Assert.Equal("image/jpeg", (string?)prediction!["mimeType"]));
        Assert.StartsWith("/9j/", (string?)predictions[0]!["bytesBase64Encoded"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predict_Withheld_SaysWhyOnlyWhenAsked()
    {
        var silent = (await AskAsync(Instance("[[block]]", """{"sampleCount":1}"""), Imagen, "predict")).Body;
        var told = (await AskAsync(Instance("[[withhold 1]]", """{"sampleCount":2,"includeRaiReason":true}"""), Imagen, "predict")).Body["predictions"]!.AsArray();

        Assert.Equal("{}", silent.ToJsonString());
        Assert.Equal("image/png", (string?)told[0]!["mimeType"]);
        Assert.StartsWith("Unable to show generated images.", (string?)told[1]!["raiFilteredReason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Imagen, """{"sampleCount":5}""", 400)]
    [InlineData(Imagen, """{"aspectRatio":"3:2"}""", 400)]
    [InlineData(Imagen, """{"outputOptions":{"mimeType":"image/webp"}}""", 400)]
    [InlineData(Drawer, "{}", 404)]
    public async Task Predict_RefusesWhatItDoesNotTake(string model, string parameters, int status) =>
        Assert.Equal(status, (await AskAsync(Instance("x", parameters), model, "predict")).Status);

    [Theory]
    [InlineData("gemini-2.5-flash-image", """{"imageConfig":{"aspectRatio":"16:9"}}""", 200)]
    [InlineData("gemini-2.5-flash-image", """{"imageConfig":{"imageSize":"2K"}}""", 400)]
    [InlineData("gemini-2.5-flash-image", """{"imageConfig":{"aspectRatio":"8:1"}}""", 400)]
    [InlineData(Drawer, """{"imageConfig":{"aspectRatio":"8:1","imageSize":"512"}}""", 200)]
    [InlineData(Drawer, """{"candidateCount":2}""", 400)]
    [InlineData(Flash, """{"imageConfig":{"aspectRatio":"1:1"}}""", 400)]
    public async Task ImageConfig_IsCheckedByModel(string model, string config, int status) =>
        Assert.Equal(status, (await AskAsync(Prompt("x", $"\"generationConfig\":{config}"), model)).Status);

    [Fact]
    public async Task Picture_ComesAloneWhenOnlyPicturesAreAskedFor()
    {
        var body = (await AskAsync(Prompt("x", """ "generationConfig":{"responseModalities":["IMAGE"]} """), Drawer)).Body;

        Assert.Equal("image/png", (string?)Part(body)["inlineData"]!["mimeType"]);
        Assert.Equal("IMAGE", (string?)body["usageMetadata"]!["candidatesTokensDetails"]![0]!["modality"]);
        Assert.NotNull(Part((await AskAsync(Prompt("[[words]]"), Drawer)).Body)["text"]);
    }

    private static string Instance(string prompt, string parameters) =>
        $$"""{"instances":[{"prompt":{{JsonValue.Create(prompt).ToJsonString()}}}],"parameters":{{parameters}}}""";
}
