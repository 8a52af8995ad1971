using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Resources;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class OpenAIFilesTests
{
    private const string File = """{"file": {"name": "files/f1","displayName": "a.txt","sizeBytes": "3","createTime": "2026-01-02T03:04:05Z","state": "ACTIVE"}}""";
    private const string Line = """{"custom_id":"one","method":"POST","url":"/v1/chat/completions","body":{"model":"gemini-x","messages":[{"role":"user","content":"Hi"}]}}""";

    [Fact]
    public async Task Upload_IsPassedOnWhileItComes()
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await GateUpstream.StartAsync(arrived, bytes: GatedContent.HalfBytes / 2);
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Settings.Change(settings => settings with { BaseUrl = upstream.BaseUrl });

        using var form = new MultipartFormDataContent { { new StringContent("user_data"), "purpose" }, { new GatedContent(arrived.Task), "file", "large.bin" } };
        using var response = await client.PostAsync("/v1/files", form);

        Assert.InRange(upstream.BytesReceived, 2 * GatedContent.HalfBytes, (2 * GatedContent.HalfBytes) + 1024);
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode); // That upstream names no file.
    }

    [Fact]
    public async Task Upload_IsOneRequestUpstream_AndIsWrittenDownBeforeTheClientIsTold()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Upstream.Always(200, File);

        using var response = await UploadAsync(client, "user_data", "abc", "a.txt");

        var sent = Assert.Single(gateway.Upstream.Calls);
        Assert.Equal("/upload/v1beta/files?uploadType=multipart", sent.Target);
        var body = Encoding.UTF8.GetString(sent.Body);
        Assert.Contains("""{"file":{"displayName":"a.txt"}}""", body, StringComparison.Ordinal);
        Assert.Contains("Content-Type: text/plain\r\n\r\nabc\r\n--", body, StringComparison.Ordinal);
        var file = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(("file-f1", "a.txt", 3, "user_data"), ((string)file["id"]!, (string)file["filename"]!, (int)file["bytes"]!, (string)file["purpose"]!));
        var rows = ResourceEndpointTests.Store(gateway).Rows;
        Assert.Equal(["files/f1", "openai/files/f1"], rows.Select(row => row.Name).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal((gateway.Pool.Settled[0].Lease.Key.Id, TestTokens.ClientId), (row.KeyId, row.ClientId)));
    }

    [Theory]
    [InlineData("batch", "input.jsonl")]
    [InlineData(null, "input.jsonl")]
    public async Task Upload_OfABatch_IsTranslatedOnTheWay_WhereverTheFormSaysSo(string? before, string name)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Upstream.Always(200, File);

        using var response = await UploadAsync(client, before, Line, name, after: before is null ? "batch" : null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var body = Encoding.UTF8.GetString(gateway.Upstream.Calls[0].Body);
        Assert.Contains("""{"key":"one","request":{"contents":[{"role":"user","parts":[{"text":"Hi"}]}]""", body, StringComparison.Ordinal);
        Assert.DoesNotContain("custom_id", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_OfALineThatCannotBe_IsTheClients400_AndNoKeysFault()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Upstream.Always(200, File);

        using var response = await UploadAsync(client, "batch", Line + "\n{\"custom_id\":\"two\"}", "input.jsonl");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Line 2: must be an object", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(ResourceEndpointTests.Store(gateway).Rows);
        Assert.DoesNotContain(gateway.Pool.Kinds, kind => kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.UpstreamBroken or CallOutcomeKind.UpstreamUnavailable);
        Assert.Single(gateway.Pool.Kinds);
    }

    [Theory]
    [InlineData("{\"custom_id\":\"\\ud800\",\"body\":{}}", "Line 2: is not valid Unicode text.")]
    [InlineData("{\"custom_id\":\"LONG\",\"body\":{}}", "Line 2: has a custom_id of more than 512 characters.")]
    public async Task Upload_OfALineWithAnIdThatCannotBe_IsTheClients400(string line, string message)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Upstream.Always(200, File);

        using var response = await UploadAsync(client, "batch", $"{Line}\n{line.Replace("LONG", new string('x', 513), StringComparison.Ordinal)}", "input.jsonl");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input_file_id":"\ud800"}""")]
    [InlineData("""{"input_file_id":"file-f1","endpoint":"/v1/chat/completions","completion_window":"24h","metadata":{"a":"\ud800"}}""")]
    public async Task Batch_OfTextThatIsNoUnicode_IsTheClients400(string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);

        using var response = await client.PostAsync("/v1/batches", ResourceEndpointTests.Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("not valid Unicode", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfAPurpose_IsNotEndedByFilesOfOthers()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        foreach (var (name, purpose) in ((string, string)[])[("b1", "batch"), ("b2", "batch"), ("u1", "user_data"), ("u2", "user_data"), ("u3", "user_data")])
        {
            gateway.Upstream.Always(200, File.Replace("files/f1", $"files/{name}", StringComparison.Ordinal));
            using var uploaded = await UploadAsync(client, purpose, Line, "input.jsonl");
        }

        var first = JsonNode.Parse(await client.GetStringAsync("/v1/files?purpose=batch&limit=1"))!;
        var second = JsonNode.Parse(await client.GetStringAsync($"/v1/files?purpose=batch&limit=1&after={first["last_id"]}"))!;

        var names = first["data"]!.AsArray().Concat(second["data"]!.AsArray()).Select(file => (string)file!["id"]!);
        Assert.Equal(["file-b1", "file-b2"], names.Order(StringComparer.Ordinal));
        Assert.Equal((true, false), ((bool)first["has_more"]!, (bool)second["has_more"]!));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("GET", "/content")]
    public async Task File_OfAnotherClient_IsNotThere(string verb, string tail)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        await ResourceEndpointTests.SaveAsync(gateway, "files/theirs", gateway.Pool.Keys[0].Id, "somebody-else");

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(verb), $"/v1/files/file-theirs{tail}"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("No such File object", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task Content_OfAFileThatTheUpstreamMadeByItself_IsPassedOnAsItIs()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        await ResourceEndpointTests.SaveAsync(gateway, "files/video", gateway.Pool.Keys[1].Id);
        gateway.Upstream.Always(200, "the frames", "video/mp4");

        using var response = await client.GetAsync("/v1/files/file-video/content");

        Assert.Equal(("the frames", "video/mp4"), (await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.ToString()));
        Assert.Equal(gateway.Pool.Keys[1].Id, gateway.Pool.Settled[0].Lease.Key.Id);
    }

    [Fact]
    public async Task Batch_RunsOnTheKeyOfItsInput_AndItsOutputIsTranslated()
    {
        const string Made = """{"name":"batches/b1","metadata":{"state":"BATCH_STATE_PENDING","createTime":"2026-01-02T03:04:05Z"}}""";
        const string Done = """{"name":"batches/b1","metadata":{"state":"BATCH_STATE_SUCCEEDED","endTime":"2026-01-02T04:04:05Z","batchStats":{"requestCount":"2","successfulRequestCount":"1","failedRequestCount":"1"},"output":{"responsesFile":"files/batch-b1"}},"done":true}""";
        const string Answers = """
            {"key":"one","response":{"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}}
            {"key":"two","error":{"code":8,"message":"Resource has been exhausted"}}
            """;
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, File), context => ScriptedUpstream.WriteAsync(context, 200, Made),
            context => ScriptedUpstream.WriteAsync(context, 200, Done), context => ScriptedUpstream.WriteAsync(context, 200, Answers, "application/jsonl"),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers, "application/jsonl"));
        using var uploaded = await UploadAsync(client, "batch", Line, "input.jsonl");

        using var made = await client.PostAsync("/v1/batches", ResourceEndpointTests.Json("""{"input_file_id":"file-f1","endpoint":"/v1/chat/completions","completion_window":"24h"}"""));
        var done = JsonNode.Parse(await client.GetStringAsync("/v1/batches/batch_b1"))!;
        var output = JsonNode.Parse(await client.GetStringAsync($"/v1/files/{done["output_file_id"]}/content"))!;
        var errors = JsonNode.Parse(await client.GetStringAsync($"/v1/files/{done["error_file_id"]}/content"))!;

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal("/v1beta/models/gemini-x:batchGenerateContent", gateway.Upstream.Calls[1].Target);
        Assert.Equal("""{"batch":{"displayName":"input.jsonl","inputConfig":{"fileName":"files/f1"}}}""", Encoding.UTF8.GetString(gateway.Upstream.Calls[1].Body));
        Assert.Equal(("completed", 1_767_326_645, 1), ((string)done["status"]!, (int)done["completed_at"]!, (int)done["request_counts"]!["failed"]!));
        Assert.Equal([("one", 200), ("two", 429)], new[] { output, errors }.Select(line => ((string)line["custom_id"]!, (int)line["response"]!["status_code"]!)));
        Assert.Equal("Hello", (string)output["response"]!["body"]!["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("rate_limit_exceeded", (string)errors["response"]!["body"]!["error"]!["code"]!);
        var owner = gateway.Pool.Settled[0].Lease.Key.Id;
        Assert.All(gateway.Pool.Requests.Skip(1), request => Assert.Equal(owner, request.Pinned));
    }

    [Fact]
    public async Task Output_ThatIsNotOfAnswers_EndsAsABreak()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        await ResourceEndpointTests.SaveAsync(gateway, "files/batch-b1", gateway.Pool.Keys[0].Id);
        var row = ResourceEndpointTests.Store(gateway).Rows.Single();
        await gateway.Services.GetRequiredService<OpenAINotes>().SaveAsync(row, new OpenAINote { Purpose = "batch_output", Model = "gemini-x" }, default);
        gateway.Upstream.Always(200, "{\"key\":\"one\",\"response\":{}}\nnot json\n", "application/jsonl");

        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await client.GetStringAsync("/v1/files/file-batch-b1/content"));
    }

    // A key in Google's header would make it a call in Google's dialect.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Upload_LargerThanABodyMayBe_Is413(bool isAnnounced)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(services: services => services.AddSingleton<IStartupFilter>(new SmallBodies(bytesMax: 600)));
        using var client = ClientOf(gateway);
        gateway.Upstream.Always(200, File);
        using var form = new MultipartFormDataContent { { new StringContent("user_data"), "purpose" }, { new ByteArrayContent(new byte[1000]), "file", "large.bin" } };
        client.DefaultRequestHeaders.TransferEncodingChunked = !isAnnounced;

        using var response = await client.PostAsync("/v1/files", form);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Upload_WithMorePartsThanAFormHas_IsRefused()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var client = ClientOf(gateway);
        using var form = new MultipartFormDataContent();
        foreach (var i in Enumerable.Range(0, Limits.FormFieldsMax + 1))
        {
            form.Add(new StringContent("x"), $"f{i}");
        }

        using var response = await client.PostAsync("/v1/files", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("more than 128 fields", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static HttpClient ClientOf(GatewayUnderTest gateway)
    {
        var client = gateway.NewClient(token: null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", GatewayUnderTest.Token);
        return client;
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string? before, string text, string name, string? after = null)
    {
        using var form = new MultipartFormDataContent();
        if (before is not null)
        {
            form.Add(new StringContent(before), "purpose");
        }

        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name);
        if (after is not null)
        {
            form.Add(new StringContent(after), "purpose");
        }

        return await client.PostAsync("/v1/files", form);
    }
}
