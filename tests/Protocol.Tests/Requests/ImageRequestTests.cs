using System.Buffers;
using System.Text;
using GeminiBalance.Protocol.OpenAI;
using GeminiBalance.Protocol.OpenAIToGemini;

namespace GeminiBalance.Protocol.Tests.Requests;

/// <summary>Requests for pictures.</summary>
public sealed class ImageRequestTests
{
    private const string Gemini = "gemini-3.1-flash-image";
    private const string Imagen = "imagen-4.0-generate-001";

    [Fact]
    public void Gemini_OnePicture_IsOneCallForAPictureAlone() => Canonical.Equal(
        """{"contents":[{"role":"user","parts":[{"text":"a cat"}]}],"generationConfig":{"responseModalities":["IMAGE"]}}""",
        Bodies("""{"prompt":"a cat","style":"vivid","user":"u"}""", Gemini).Single());

    [Fact]
    public void Gemini_SeveralPictures_AreAsManyCalls() => Assert.Equal(3, Bodies("""{"prompt":"a cat","n":3}""", Gemini).Count);

    [Fact]
    public void Imagen_SixPictures_AreTwoCalls()
    {
        var bodies = Bodies("""{"prompt":"a cat","n":6,"size":"1792x1024","output_format":"jpeg","output_compression":80}""", Imagen);

        Canonical.Equal(
            """{"instances":[{"prompt":"a cat"}],"parameters":{"sampleCount":4,"aspectRatio":"16:9","includeRaiReason":true,"outputOptions":{"mimeType":"image/jpeg","compressionQuality":80}}}""",
            bodies[0]);
        Assert.Contains("\"sampleCount\":2", bodies[1].ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Gemini, "1024x1024", "1:1", null)]
    [InlineData(Gemini, "1536x1024", "3:2", null)]
    [InlineData(Gemini, "1024x1536", "2:3", null)]
    [InlineData(Gemini, "1792x1024", "16:9", null)]
    [InlineData(Gemini, "1024x1792", "9:16", null)]
    [InlineData(Gemini, "256x256", "1:1", "512")]
    [InlineData(Gemini, "4096x4096", "1:1", "4K")]
    [InlineData(Gemini, "2048x1152", "16:9", "2K")]
    [InlineData(Gemini, "3000x1000", "21:9", "2K")]
    [InlineData(Gemini, "8:1", "8:1", null)]
    [InlineData(Gemini, "2k", null, "2K")]
    [InlineData(Gemini, "auto", null, null)]
    [InlineData("gemini-3-pro-image", "256x256", "1:1", null)]
    [InlineData("gemini-2.5-flash-image", "4096x4096", "1:1", null)]
    [InlineData(Imagen, "1536x1024", "4:3", null)]
    [InlineData(Imagen, "2048x2048", "1:1", "2K")]
    [InlineData("imagen-3.0-generate-002", "2048x2048", "1:1", null)]
    public void Size_BecomesTheNearestRatioAndASizeTheModelTakes(string model, string size, string? ratio, string? imageSize)
    {
        var body = Bodies($$"""{"prompt":"a cat","size":"{{size}}"}""", model).Single();

        var shape = ImageModels.IsImagen(model) ? body["parameters"] : body["generationConfig"]!["imageConfig"];
        Assert.Equal((ratio, imageSize), ((string?)shape?["aspectRatio"], (string?)shape?[ImageModels.IsImagen(model) ? "sampleImageSize" : "imageSize"]));
    }

    [Theory]
    [InlineData("hd", "2K")]
    [InlineData("high", "2K")]
    [InlineData("low", "1K")]
    [InlineData("standard", null)]
    public void Quality_BecomesASize(string quality, string? size) =>
        Assert.Equal(size, (string?)Bodies($$"""{"prompt":"a cat","quality":"{{quality}}"}""", Gemini).Single()["generationConfig"]!["imageConfig"]?["imageSize"]);

    [Fact]
    public void Directives_OfThePrompt_WinAndAreTakenOut()
    {
        var bodies = Bodies("""{"prompt":"a cat {n:2} {ratio:9:16}","n":1,"size":"1024x1024"}""", Gemini);

        Assert.Equal(2, bodies.Count);
        Assert.Equal("9:16", (string?)bodies[0]["generationConfig"]!["imageConfig"]!["aspectRatio"]);
        Assert.Equal("a cat", (string?)bodies[0]["contents"]![0]!["parts"]![0]!["text"]);
    }

    [Fact]
    public void Edit_PicturesComeFirstThenTheMaskThenThePrompt()
    {
        var options = new ImageTranslationOptions
        {
            Model = Gemini, IsEdit = true, Images = [new("image/png", "AAAA"), new("image/jpeg", "BBBB")], Mask = new("image/png", "CCCC"),
        };

        var parts = Bodies("""{"prompt":"a hat"}""", options).Single()["contents"]![0]!["parts"]!.AsArray();

        Assert.Equal(["AAAA", "BBBB", "CCCC"], parts.Take(3).Select(part => (string?)part!["inlineData"]!["data"]));
        Assert.Contains("mask", (string?)parts[3]!["text"], StringComparison.Ordinal);
        Assert.Equal("a hat", (string?)parts[4]!["text"]);
    }

    [Theory]
    [InlineData("""{"model":"x"}""", "prompt")]
    [InlineData("""{"prompt":" "}""", "prompt")]
    [InlineData("""{"prompt":"{n:2}"}""", "prompt")]
    [InlineData("""{"prompt":"a {n:11}"}""", "prompt")]
    [InlineData("""{"prompt":"a","n":0}""", "n")]
    [InlineData("""{"prompt":"a","n":11}""", "n")]
    [InlineData("""{"prompt":"a","n":"many"}""", "n")]
    [InlineData("""{"prompt":"a","size":"huge"}""", "size")]
    [InlineData("""{"prompt":"a","size":"0x10"}""", "size")]
    [InlineData("""{"prompt":"a","size":"7:3"}""", "size")]
    [InlineData("""{"prompt":"a","quality":"best"}""", "quality")]
    [InlineData("""{"prompt":"a","response_format":"file"}""", "response_format")]
    [InlineData("""{"prompt":"a","output_format":"webp"}""", "output_format")]
    [InlineData("""{"prompt":"a","output_compression":101}""", "output_compression")]
    [InlineData("""{"prompt":"a","background":"transparent"}""", "background")]
    [InlineData("""{"prompt":"a","images":[{"file_id":"file-1"}]}""", "images[0]")]
    public void WhatCannotBeDone_IsToldWithItsField(string json, string param) =>
        Assert.Equal(param, Assert.Throws<TranslationException>(() => Bodies(json, Gemini)).Param);

    [Fact]
    public void Imagen_CannotEdit() => Assert.Equal(
        "model",
        Assert.Throws<TranslationException>(() => Bodies("""{"prompt":"a"}""", new ImageTranslationOptions { Model = Imagen, IsEdit = true })).Param);

    [Theory]
    [InlineData(null, "configured")]
    [InlineData("", "configured")]
    [InlineData("dall-e-3", "configured")]
    [InlineData("gpt-image-1", "configured")]
    [InlineData("models/gemini-2.5-flash-image", "gemini-2.5-flash-image")]
    [InlineData("google/imagen-4.0-generate-001", "imagen-4.0-generate-001")]
    public void Model_OfOpenAIOrNone_IsTheConfiguredOne(string? asked, string model) => Assert.Equal(model, ImageModels.Resolve(asked, "configured"));

    [Fact]
    public void Images_AreReadInEveryForm()
    {
        var request = Read("""{"prompt":"a","images":[{"image_url":"https://a.test/1.png"},{"image_url":{"url":"https://a.test/2.png"}},"data:x"],"image":"b","mask":{"image_url":"m"}}""");

        Assert.Equal(["https://a.test/1.png", "https://a.test/2.png", "data:x", "b"], request.Images);
        Assert.Equal("m", request.Mask);
    }

    [Fact]
    public void PictureText_TellsContentFromAddress()
    {
        Assert.Equal(new MediaContent("image/jpeg", "/9j/AAAA"), PictureText.Read("data:image/jpg;base64,/9j/AAAA", "image").Content);
        Assert.Equal("image/png", PictureText.Read("iVBORw0KGgoA", "image").Content!.MimeType);
        Assert.Equal(new Uri("https://a.test/x"), PictureText.Read("https://a.test/x", "image").Remote);
        Assert.Equal("unsupported_media_type", Assert.Throws<TranslationException>(() => PictureText.Read("data:image/gif;base64,R0lGODlh", "image")).Code);
        Assert.Equal("invalid_image_url", Assert.Throws<TranslationException>(() => PictureText.Read("no picture", "image")).Code);
    }

    private static ImageRequest Read(string json) => OpenAIRequestReader.ReadImages(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<System.Text.Json.Nodes.JsonNode> Bodies(string json, string model) => Bodies(json, new ImageTranslationOptions { Model = model });

    private static IReadOnlyList<System.Text.Json.Nodes.JsonNode> Bodies(string json, ImageTranslationOptions options) =>
    [
        .. ImageRequestTranslator.Translate(Read(json), options).Select(call =>
        {
            var buffer = new ArrayBufferWriter<byte>();
            call.WriteTo(buffer);
            return System.Text.Json.Nodes.JsonNode.Parse(buffer.WrittenSpan)!;
        }),
    ];
}
