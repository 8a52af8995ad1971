using System.Net;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Forwarding;

/// <summary>A file or a cache belongs to one project: being refused it says nothing about the key.</summary>
public sealed class ResourceTests
{
    private const string File = """{"contents":[{"parts":[{"fileData":{"mimeType":"image/png","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/abc"}}]}]}""";
    private const string Cache = """{"cachedContent":"cachedContents/abc","contents":[{"parts":[{"text":"hi"}]}]}""";
    private const string Plain = """{"contents":[{"parts":[{"text":"hi"}]}]}""";

    [Theory]
    [InlineData(File, 403, "PERMISSION_DENIED", null, CallOutcomeKind.RequestRejected)]
    [InlineData(Cache, 403, "PERMISSION_DENIED", null, CallOutcomeKind.RequestRejected)]
    [InlineData(File, 404, "NOT_FOUND", null, CallOutcomeKind.RequestRejected)]
    [InlineData(Cache, 404, "NOT_FOUND", null, CallOutcomeKind.RequestRejected)]
    [InlineData(Plain, 403, "PERMISSION_DENIED", null, CallOutcomeKind.KeyRejected)]
    [InlineData(File, 403, "PERMISSION_DENIED", "CONSUMER_SUSPENDED", CallOutcomeKind.KeySuspended)]
    [InlineData(Cache, 403, "PERMISSION_DENIED", "SERVICE_DISABLED", CallOutcomeKind.KeyRejected)]
    [InlineData(File, 401, "UNAUTHENTICATED", null, CallOutcomeKind.KeyRejected)]
    public async Task Call_RefusedWithAFileOrCache_BlamesTheRequestUnlessTheReasonIsTheKeys(
        string body, int status, string name, string? reason, CallOutcomeKind blamed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Always(status, Answers.Error(status, name, reason is null ? null : Answers.Reason(reason)));

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent(body));

        Assert.Equal([blamed], gateway.Pool.Kinds);
        if (blamed == CallOutcomeKind.RequestRejected)
        {
            Assert.Equal((HttpStatusCode)status, response.StatusCode);
            Assert.Equal(Answers.Error(status, name), await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Call_QuotaOfZeroWithAFile_IsStillTheModels()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["only-key"]);
        gateway.Upstream.Always(429, Answers.Error(429, "RESOURCE_EXHAUSTED", Answers.Quota("GenerateRequestsPerDayPerProjectPerModel-FreeTier", 0, "36s")));

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-x:generateContent", new StringContent(File));

        Assert.Equal([CallOutcomeKind.ModelNotAvailable], gateway.Pool.Kinds);
    }
}
