using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Images;
using GeminiBalance.Gateway.Media;
using GeminiBalance.Gateway.Tests.Hosts;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>POST <c>images/edits</c>: forms, JSON and their bounds.</summary>
public sealed class ImageEditTests
{
    private const string Drawn = """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"finishReason":"STOP"}]}""";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1];

    [Theory]
    [InlineData("/v1/images/edits", "image")]
    [InlineData("/hf/v1/images/edits", "image[]")]
    [InlineData("/v1/images/edits", "image[0]")]
    public async Task Edit_Form_SendsPicturesMaskAndPrompt(string path, string field)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);
        using var form = new MultipartFormDataContent
        {
            { Picture(Png), field, "one.png" }, { Picture(Jpeg), field, "two.dat" }, { Picture(Png), "mask", "mask.png" },
            { new StringContent("a hat"), "prompt" }, { new StringContent("2"), "n" }, { new StringContent("1536x1024"), "size" },
        };

        var (response, body) = await PostAsync(gateway, form, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, body["data"]!.AsArray().Count);
        var sent = JsonNode.Parse(gateway.Upstream.Calls[0].Body)!;
        var parts = sent["contents"]![0]!["parts"]!.AsArray();
        Assert.Equal(["image/png", "image/jpeg", "image/png"], parts.Take(3).Select(part => (string?)part!["inlineData"]!["mimeType"]));
        Assert.Equal(Convert.ToBase64String(Jpeg), (string?)parts[1]!["inlineData"]!["data"]);
        Assert.Equal("a hat", (string?)parts[4]!["text"]);
        Assert.Equal("3:2", (string?)sent["generationConfig"]!["imageConfig"]!["aspectRatio"]);
    }

    [Fact]
    public async Task Variation_IsAnEdit_WithAPromptOfItsOwn()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, Drawn);
        using var form = new MultipartFormDataContent { { Picture(Png), "image", "one.png" }, { new StringContent("2"), "n" }, { new StringContent("a hat"), "prompt" } };

        var (response, body) = await PostAsync(gateway, form, "/v1/images/variations");

        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, body["data"]!.AsArray().Count));
        Assert.Equal(2, gateway.Upstream.Calls.Count);
        var parts = JsonNode.Parse(gateway.Upstream.Calls[0].Body)!["contents"]![0]!["parts"]!.AsArray();
        Assert.Equal(Convert.ToBase64String(Png), (string?)parts[0]!["inlineData"]!["data"]);
        Assert.StartsWith("Draw a variation of this picture", (string?)parts[1]!["text"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task Variation_OfOtherThanOnePicture_IsRefused_AndNamesEdits(int pictures, bool withMask)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("1"), "n" } };
        for (var i = 0; i < pictures; i++)
        {
            form.Add(Picture(Png), "image", "one.png");
        }

        if (withMask)
        {
            form.Add(Picture(Png), "mask", "mask.png");
        }

        var (response, body) = await PostAsync(gateway, form, "/v1/images/variations");

        Assert.Equal((HttpStatusCode.BadRequest, "image"), (response.StatusCode, (string?)body["error"]!["param"]));
        Assert.Contains("images/edits", (string?)body["error"]!["message"], StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Edit_Json_FetchesWhatItNames()
    {
        await using var source = await ScriptedUpstream.StartAsync();
        source.Answer = async (context, _) => await context.Response.Body.WriteAsync(Png);
        await using var gateway = await GatewayUnderTest.StartAsync(
            services: services => services.AddSingleton(new RemoteMediaOptions { IsAllowed = IPAddress.IsLoopback }));
        gateway.Upstream.Always(200, Drawn);
        using var content = new StringContent(
            $$"""{"prompt":"a hat","images":[{"image_url":"{{source.BaseUrl}}/x.png"},{"image_url":"data:image/jpeg;base64,/9j/AAAA"}]}""", Encoding.UTF8, "application/json");

        var (response, _) = await PostAsync(gateway, content);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var parts = JsonNode.Parse(gateway.Upstream.Calls[0].Body)!["contents"]![0]!["parts"]!.AsArray();
        Assert.Equal([Convert.ToBase64String(Png), "/9j/AAAA"], parts.Take(2).Select(part => (string?)part!["inlineData"]!["data"]));
    }

    [Fact]
    public async Task Edit_AddressOfThisNetwork_IsNotFetched()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var content = new StringContent("""{"prompt":"a","image":"http://127.0.0.1/x.png"}""", Encoding.UTF8, "application/json");

        var (response, body) = await PostAsync(gateway, content);

        Assert.Equal((HttpStatusCode.BadRequest, "image"), (response.StatusCode, (string?)body["error"]!["param"]));
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Edit_WithoutAPicture_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("a hat"), "prompt" } };

        var (response, body) = await PostAsync(gateway, form);

        Assert.Equal((HttpStatusCode.BadRequest, "image"), (response.StatusCode, (string?)body["error"]!["param"]));
    }

    [Fact]
    public async Task Edit_ByImagen_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("a hat"), "prompt" }, { new StringContent("imagen-4.0-generate-001"), "model" }, { Picture(Png), "image", "x.png" },
        };

        Assert.Equal("model", (string?)(await PostAsync(gateway, form)).Body["error"]!["param"]);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Edit_WhatIsNoPicture_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var text = new MultipartFormDataContent { { new ByteArrayContent("hello"u8.ToArray()), "image", "x.txt" } };
        using var other = new MultipartFormDataContent { { Picture(Png), "file", "x.png" } };

        Assert.Equal("unsupported_media_type", (string?)(await PostAsync(gateway, text)).Body["error"]!["code"]);
        Assert.Equal("file", (string?)(await PostAsync(gateway, other)).Body["error"]!["param"]);
    }

    [Fact]
    public async Task Edit_TooLargePicture_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[ImageLimits.UploadedBytesMax + 1]), "image", "x.png" } };

        var (response, body) = await PostAsync(gateway, form);

        Assert.Equal((HttpStatusCode.BadRequest, "image"), (response.StatusCode, (string?)body["error"]!["param"]));
    }

    [Fact]
    public async Task Edit_TooManyPicturesOrParts_Is400()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var pictures = new MultipartFormDataContent();
        using var parts = new MultipartFormDataContent();
        for (var i = 0; i < 17; i++)
        {
            pictures.Add(Picture(Png), "image[]", "x.png");
        }

        for (var i = 0; i <= ImageLimits.FormPartsMax; i++)
        {
            parts.Add(new StringContent("x"), $"field{i}");
        }

        Assert.Contains("16 pictures", (string?)(await PostAsync(gateway, pictures)).Body["error"]!["message"], StringComparison.Ordinal);
        Assert.Contains("64 parts", (string?)(await PostAsync(gateway, parts)).Body["error"]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\ncut")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\nz\r\n--b--\r\n")]
    public async Task Edit_BrokenForm_Is400(string type, string text)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var content = new StringContent(text);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var (response, body) = await PostAsync(gateway, content);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_error"), (response.StatusCode, (string?)body["error"]!["type"]));
    }

    private static ByteArrayContent Picture(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return content;
    }

    private static async Task<(HttpResponseMessage Response, JsonNode Body)> PostAsync(GatewayUnderTest gateway, HttpContent content, string path = "/v1/images/edits")
    {
        var response = await gateway.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
