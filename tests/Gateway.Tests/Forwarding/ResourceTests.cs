using System.Net;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

/// <summary>What a request names may belong to one project: being refused it says nothing about the key.</summary>
public sealed class ResourceTests
{
    private const string File = """{"contents":[{"parts":[{"fileData":{"mimeType":"image/png","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}}]}]}""";
    private const string Cache = """{"cachedContent":"cachedContents/abc","contents":[{"parts":[{"text":"hi"}]}]}""";
    private const string Plain = """{"contents":[{"parts":[{"text":"hi"}]}]}""";
    private const string Generate = "/v1beta/models/gemini-x:generateContent";

    [Theory]
    [InlineData(File, 403, "PERMISSION_DENIED", null, CallOutcomeKind.RequestRejected)]
    [InlineData(Cache, 403, "PERMISSION_DENIED", null, CallOutcomeKind.RequestRejected)]
    [InlineData(File, 404, "NOT_FOUND", null, CallOutcomeKind.RequestRejected)]
    [InlineData(Cache, 404, "NOT_FOUND", null, CallOutcomeKind.RequestRejected)]
    [InlineData(File, 403, "PERMISSION_DENIED", "CONSUMER_SUSPENDED", CallOutcomeKind.KeySuspended)]
    [InlineData(Cache, 403, "PERMISSION_DENIED", "SERVICE_DISABLED", CallOutcomeKind.KeyRejected)]
    public async Task Call_RefusedWithAFileOrCache_BlamesTheRequestUnlessTheReasonIsTheKeys(
        string body, int status, string name, string? reason, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Always(status, Answers.Error(status, name, reason is null ? null : Answers.Reason(reason)));

        using var response = await gateway.Client.PostAsync(Generate, new StringContent(body));

        Assert.Equal([blamed], gateway.Pool.Kinds);
        if (blamed == CallOutcomeKind.RequestRejected)
        {
            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            Assert.Equal(Answers.Error(status, name), await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Everything in a request that can be another project's; the last two are what no list knows.</summary>
    public static TheoryData<string, string> Foreign => new()
    {
        { Generate, File },
        { Generate, Cache },
        { Generate, """{"contents":[{"parts":[{"file_data":{"file_uri":"files/abc"}}]}]}""" },
        { Generate, """{"tools":[{"fileSearch":{"fileSearchStoreNames":["fileSearchStores/abc"]}}]}""" },
        { "/v1beta/tunedModels/abc:generateContent", Plain },
        { "/v1beta/models/veo:predictLongRunning", """{"instances":[{"video":{"uri":"https://x/v1beta/files/abc"}}]}""" },
        { "/v1beta/models/gemini-x:batchGenerateContent", """{"batch":{"inputConfig":{"fileName":"files/abc"}}}""" },
        { Generate, """{"tools":[{"toolOfTomorrow":{"storeOfTomorrow":"stores/abc"}}]}""" },
        { "/v1beta/models/gemini-x:methodOfTomorrow", Plain },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task Call_NamesWhatIsAnothersEverywhere_BlamesNoKey(string path, string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(403, Answers.Error(403, "PERMISSION_DENIED"));

        using var response = await gateway.Client.PostAsync(path, new StringContent(body));

        Assert.Equal([CallOutcomeKind.RequestRejected], gateway.Pool.Kinds.Distinct());
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.ServiceUnavailable]);
    }

    [Theory]
    [InlineData(Plain, 403, "PERMISSION_DENIED")]
    [InlineData(Plain, 401, "UNAUTHENTICATED")]
    [InlineData(File, 401, "UNAUTHENTICATED")]
    public async Task Call_RefusedWithoutAReason_BlamesTheKeyOnceAnotherHasServed(string body, int status, string name)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, status, Answers.Error(status, name)),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));

        using var response = await gateway.Client.PostAsync(Generate, new StringContent(body));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([CallOutcomeKind.Succeeded, CallOutcomeKind.KeyRejected], gateway.Pool.Kinds);
        Assert.Equal([gateway.Pool.Settled[1].Lease.Key.Id], gateway.Pool.Requests[1].Excluded);
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED")]
    [InlineData(401, "UNAUTHENTICATED")]
    public async Task Call_RefusedWithoutAReasonByEveryKey_IsNotToldThatItsOwnCredentialIsWrong(int status, string name)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(status, Answers.Error(status, name, message: "Your API key was reported as leaked."));

        using var response = await gateway.Client.PostAsync(Generate, new StringContent(Plain));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.DoesNotContain("leaked", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat(CallOutcomeKind.RequestRejected, 3), gateway.Pool.Kinds);
        Assert.Equal(3, (await gateway.Services.GetRequiredService<KeyDoubts>().TakeAsync(default)).Count);
    }

    [Fact]
    public async Task Call_QuotaOfZeroWithAFile_IsStillTheModels()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Always(429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", 0, "36s")));

        using var response = await gateway.Client.PostAsync(Generate, new StringContent(File));

        Assert.Equal([CallOutcomeKind.ModelNotAvailable], gateway.Pool.Kinds);
    }
}
