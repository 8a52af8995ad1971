using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Images;

/// <summary>Pictures in chats: as base64, as addresses, and by models that only draw.</summary>
public sealed class ChatPictureTests
{
    private const string Kept = """{"data":{"url":"https://s2.loli.net/1.png"}}""";
    private const string Prediction = """{"predictions":[{"mimeType":"image/png","bytesBase64Encoded":"QUJD"}]}""";
    private const string Event =
        """{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"finishReason":"STOP","index":0}]}""";

    [Theory]
    [InlineData(ImageHostKind.None, "Look: \n![image](data:image/png;base64,QUJD)")]
    [InlineData(ImageHostKind.SmMs, "Look: \n![image](https://s2.loli.net/1.png)")]
    public async Task Whole_HasThePictureAsMarkdown(ImageHostKind host, string content)
    {
        await using var all = await StartAsync(host);

        Assert.Equal(content, (string?)(await ChatAsync(all, "gemini-3.1-flash-image"))["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData(ImageHostKind.None, "data:image/png;base64,QUJD")]
    [InlineData(ImageHostKind.SmMs, "https://s2.loli.net/1.png")]
    public async Task Whole_AsImages_WhenSoConfigured(ImageHostKind host, string url)
    {
        await using var all = await StartAsync(host);
        all.Gateway.Settings.Change(settings => settings with { Images = settings.Images with { ChatImagesAsMarkdown = false } });

        var message = (await ChatAsync(all, "gemini-3.1-flash-image"))["choices"]![0]!["message"]!;

        Assert.Equal(("Look: ", url), ((string?)message["content"], (string?)message["images"]![0]!["image_url"]!["url"]));
    }

    [Fact]
    public async Task Stream_HasTheAddressAndOneUpstreamCall()
    {
        await using var all = await StartAsync(ImageHostKind.SmMs);
        all.Gateway.Upstream.Always(200, Answers.Event(Event), Answers.Sse);

        Assert.Contains("![image](https://s2.loli.net/1.png)", await StreamAsync(all), StringComparison.Ordinal);
        Assert.Single(all.Gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Stream_HostThatFails_LeavesThePictureAsItCame()
    {
        await using var all = await StartAsync(ImageHostKind.SmMs);
        all.Host.Always(500, "{}");
        all.Gateway.Upstream.Always(200, Answers.Event(Event), Answers.Sse);

        var text = await StreamAsync(all);

        Assert.Contains("data:image/png;base64,QUJD", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Single(all.Gateway.Upstream.Calls);
        Assert.Equal([CallOutcomeKind.Succeeded], all.Gateway.Pool.Kinds);
    }

    [Fact]
    public async Task Stream_SlowHost_IsNotTheUpstreamsSilence()
    {
        await using var all = await StartAsync(ImageHostKind.SmMs);
        all.Gateway.Settings.Change(settings => settings with { TimeOut = TimeSpan.FromSeconds(5) });
        all.Host.Answer = (context, _) =>
        {
            all.Time.Advance(TimeSpan.FromSeconds(20));
            return ScriptedUpstream.WriteAsync(context, 200, Kept);
        };
        all.Gateway.Upstream.Always(200, Answers.Event(Event), Answers.Sse);

        Assert.EndsWith("data: [DONE]\n\n", await StreamAsync(all), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imagen-4.0-generate-001", "imagen-4.0-generate-001:predict")]
    [InlineData("imagen-3.0-generate-002-chat", "imagen-3.0-generate-002:predict")]
    public async Task Imagen_DrawsTheLastMessage(string model, string path)
    {
        await using var all = await StartAsync(ImageHostKind.SmMs);
        all.Gateway.Settings.Change(settings => settings with { Images = settings.Images with { CreateModel = "imagen-3.0-generate-002" } });
        all.Gateway.Upstream.Always(200, Prediction);

        var answer = await ChatAsync(all, model, "a cat {n:2} {ratio:16:9}");

        Assert.Equal((model, "stop", "![image](https://s2.loli.net/1.png)"), (
            (string?)answer["model"], (string?)answer["choices"]![0]!["finish_reason"], (string?)answer["choices"]![0]!["message"]!["content"]));
        var call = Assert.Single(all.Gateway.Upstream.Calls);
        Assert.Equal("/v1beta/models/" + path, call.Target);
        var sent = JsonNode.Parse(call.Body)!;
        Assert.Equal(("a cat", 2, "16:9"), ((string?)sent["instances"]![0]!["prompt"], (int)sent["parameters"]!["sampleCount"]!, (string?)sent["parameters"]!["aspectRatio"]));
    }

    [Fact]
    public async Task Imagen_Streams_AndSaysWhyNot()
    {
        await using var all = await StartAsync(ImageHostKind.None);
        all.Gateway.Upstream.Always(200, Prediction);
        var text = await StreamAsync(all, "imagen-4.0-generate-001");
        all.Gateway.Upstream.Always(200, "{}");
        var refused = await StreamAsync(all, "imagen-4.0-generate-001");

        Assert.Contains("data:image/png;base64,QUJD", text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
        Assert.Equal("content_policy_violation", (string?)JsonNode.Parse(refused)!["error"]!["code"]);
    }

    [Fact]
    public async Task ChatModelOfCreateImageModel_ThatIsNotImagen_IsAnOrdinaryChat()
    {
        await using var all = await StartAsync(ImageHostKind.None);

        await ChatAsync(all, "gemini-3.1-flash-image-chat");

        Assert.Equal("/v1beta/models/gemini-3.1-flash-image:generateContent", Assert.Single(all.Gateway.Upstream.Calls).Target);
    }

    [Fact]
    public async Task Models_ListTheChatModel()
    {
        await using var all = await StartAsync(ImageHostKind.None);
        all.Gateway.Upstream.Always(200, """{"models":[{"name":"models/gemini-3.1-flash-image"}]}""");

        var list = JsonNode.Parse(await all.Gateway.Client.GetStringAsync(new Uri("/v1/models", UriKind.Relative)))!;

        Assert.Contains("gemini-3.1-flash-image-chat", list["data"]!.AsArray().Select(model => (string?)model!["id"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PicturesNeedAPaidKey_WhereThePoolHasOne(bool hasPaid)
    {
        await using var all = await StartAsync(ImageHostKind.None);
        all.Gateway.Pool.Deny = request => !hasPaid && request.Needs.Tags.Count > 0 ? LeaseResult.Denied(LeaseDenialReason.NoMatchingKey) : null;

        Assert.NotNull((await all.GenerateAsync())["b64_json"]);

        Assert.Equal(hasPaid ? [KeyRequirement.Paid] : [KeyRequirement.Paid, KeyRequirement.None], all.Gateway.Pool.Requests.Select(request => request.Needs));
    }

    [Fact]
    public async Task PaidKeysThatAreSpent_AreNotReplacedByFreeOnes()
    {
        await using var all = await StartAsync(ImageHostKind.None);
        all.Gateway.Pool.Deny = _ => LeaseResult.Denied(LeaseDenialReason.DayExhausted);
        using var content = new StringContent("""{"prompt":"a cat"}""", Encoding.UTF8, "application/json");

        using var response = await all.Gateway.Client.PostAsync(new Uri("/v1/images/generations", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Single(all.Gateway.Pool.Requests);
    }

    private static Task<HostsUnderTest> StartAsync(ImageHostKind host) => HostsUnderTest.StartAsync((images, _) => images with { Host = host, SmMsToken = new Secret("t") }, Kept);

    private static async Task<JsonNode> ChatAsync(HostsUnderTest all, string model, string prompt = "a cat") => JsonNode.Parse(await PostAsync(all, model, prompt, isStream: false))!;

    private static Task<string> StreamAsync(HostsUnderTest all, string model = "gemini-3.1-flash-image") => PostAsync(all, model, "a cat", isStream: true);

    private static async Task<string> PostAsync(HostsUnderTest all, string model, string prompt, bool isStream)
    {
        var json = $$"""{"model":"{{model}}","stream":{{(isStream ? "true" : "false")}},"messages":[{"role":"user","content":"{{prompt}}"}]}""";
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await all.Gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }
}
