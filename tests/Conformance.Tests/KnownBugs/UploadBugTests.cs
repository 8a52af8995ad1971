using System.Net;
using System.Text.Json.Nodes;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.KnownBugs;

/// <summary>Uploads whose second step leads past the gateway, or whose address the SDK has wrong.</summary>
public sealed class UploadBugTests : KnownBugTest
{
    [Theory]
    [InlineData("/upload/v1beta/files")]
    public async Task Bug50_SecondStepOfAnUpload_GoesThroughTheGateway(string path) => await UploadAsync(path);

    [Theory]
    [InlineData("/v1beta/upload/v1beta/files")]
    public async Task Bug51_DoubledVersionInTheSdksAddress_IsServed(string path) => await UploadAsync(path);

    private async Task UploadAsync(string path)
    {
        using var started = await PostAsync(path, """{"file":{"displayName":"notes"}}""", headers =>
        {
            headers.Add("x-goog-api-key", ComposedGateway.ClientToken);
            headers.Add("X-Goog-Upload-Protocol", "resumable");
            headers.Add("X-Goog-Upload-Command", "start");
            headers.Add("X-Goog-Upload-Header-Content-Type", "text/plain");
        });
        Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        var next = new Uri(Assert.Single(started.Headers.GetValues("X-Goog-Upload-URL")));
        Assert.Equal(Gateway.Address.Authority, next.Authority);

        using var done = await PostAsync(next.PathAndQuery, "the notes", headers =>
        {
            headers.Add("X-Goog-Upload-Command", "upload, finalize");
            headers.Add("X-Goog-Upload-Offset", "0");
        });

        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("notes", (string?)JsonNode.Parse(await done.Content.ReadAsStringAsync())!["file"]!["displayName"]);
        Assert.Equal(2, Upstream.Requests.Count);
    }
}
