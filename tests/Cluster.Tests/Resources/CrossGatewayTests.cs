using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeminiBalance.Cluster.Tests.Hosts;

namespace GeminiBalance.Cluster.Tests.Resources;

[Collection(SharedClusterCollection.Name)]
public sealed class CrossGatewayTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task File_BegunOnOneGateway_SentToAnother_IsUsedAndDeletedThroughBoth()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        await first.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{cluster.NewKey()}}","{{cluster.NewKey()}}","{{cluster.NewKey()}}"]}""");
        await second.Logs.WaitAsync(LogNumbers.RosterChanged);

        using var begun = await SendAsync(first, HttpMethod.Post, "/upload/v1beta/files", """{"file":{"displayName":"a note"}}""", ("X-Goog-Upload-Protocol", "resumable"), ("X-Goog-Upload-Command", "start"));
        var address = new Uri(begun.Headers.GetValues("X-Goog-Upload-URL").Single());
        using var sent = await SendAsync(second, HttpMethod.Post, address.PathAndQuery, "the bytes", ("X-Goog-Upload-Command", "upload, finalize"), ("X-Goog-Upload-Offset", "0"));
        var file = (await ReadAsync(sent)).GetProperty("file");
        var name = file.GetProperty("name").GetString();
        var prompt = $$$"""{"contents":[{"parts":[{"fileData":{"fileUri":"{{{file.GetProperty("uri").GetString()}}}","mimeType":"text/plain"}},{"text":"What is in it?"}]}]}""";
        var statuses = new List<HttpStatusCode>();
        foreach (var gateway in new[] { first, second, first, second })
        {
            using var answer = await SendAsync(gateway, HttpMethod.Post, $"/v1beta/models/{ClusterGateway.Model}:generateContent", prompt);
            statuses.Add(answer.StatusCode);
        }

        using var listed = await SendAsync(first, HttpMethod.Get, "/v1beta/files?pageSize=100");
        using var deleted = await SendAsync(second, HttpMethod.Delete, $"/v1beta/{name}");
        using var gone = await SendAsync(first, HttpMethod.Get, $"/v1beta/{name}");

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Contains(name, (await ReadAsync(listed)).GetProperty("files").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (deleted.StatusCode, gone.StatusCode));
    }

    private static Task<HttpResponseMessage> SendAsync(ClusterGateway gateway, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ClusterGateway.ClientToken);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return gateway.Client.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response) => JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
}
