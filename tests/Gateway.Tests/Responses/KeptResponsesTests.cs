using System.Net;
using System.Text.Json.Nodes;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Responses;

public sealed class KeptResponsesTests
{
    [Fact]
    public async Task PreviousResponse_GoesOnWithTheWholeConversation_ButNotItsInstructions()
    {
        await using var client = await ResponsesClient.StartAsync();
        var first = await client.CreateAsync("""{"model":"m","instructions":"Old","input":"One"}""");
        var second = await client.CreateAsync($$"""{"model":"m","input":"Two","previous_response_id":"{{first["id"]}}"}""");
        var third = await client.CreateAsync($$"""{"model":"m","instructions":"New","input":[{"role":"user","content":"Three"}],"previous_response_id":"{{second["id"]}}"}""");

        Assert.Equal(["user: One", "model: Hello", "user: Two", "model: Hello", "user: Three"], client.SentTexts());
        var sent = JsonNode.Parse(client.Gateway.Upstream.Calls[^1].Body)!;
        Assert.Equal("New", (string?)sent["systemInstruction"]!["parts"]![0]!["text"]);
        Assert.Equal((string?)second["id"], (string?)third["previous_response_id"]);
        Assert.Equal((2, 1), (client.Store.Used.Count(id => id == (string)first["id"]!), client.Store.Used.Count(id => id == (string)second["id"]!)));
    }

    [Fact]
    public async Task Conversation_LargerThanARequest_IsRefusedBeforeItIsRead()
    {
        await using var client = await ResponsesClient.StartAsync();
        var first = await client.CreateAsync("""{"model":"m","input":"One"}""");
        var second = await client.CreateAsync($$"""{"model":"m","input":"Two","previous_response_id":"{{first["id"]}}"}""");
        var third = await client.CreateAsync($$"""{"model":"m","input":"Three","previous_response_id":"{{second["id"]}}"}""");
        client.Store.MoreBytes = Limits.RequestBodyBytesMax / 2;
        var read = client.Store.Read.Count;

        var (status, error) = await client.SendAsync("POST", "/v1/responses", $$"""{"model":"m","input":"Four","previous_response_id":"{{third["id"]}}"}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("begin a new one", error.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([(string)third["id"]!], client.Store.Read.Skip(read));
    }

    [Fact]
    public async Task PreviousResponse_OfAStream_CanBeUsedOnceItsEndIsThere()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Event(Answers.FirstPart) + Answers.Event(Answers.LastPart), Answers.Sse),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));
        var (events, _) = await client.StreamAsync("""{"model":"m","input":"One","stream":true}""");
        var response = events[^1]["response"]!;

        Assert.True((bool)response["store"]!);
        await client.CreateAsync($$"""{"model":"m","input":"Two","previous_response_id":"{{response["id"]}}"}""");
        Assert.Equal(["user: One", "model: Hello", "user: Two"], client.SentTexts());
    }

    [Fact]
    public async Task Call_AndItsResult_KeepTheSignatureAcrossRequests()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Gateway.Upstream.InTurn(
            context => ScriptedUpstream.WriteAsync(
                context, 200, """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}]}"""),
            context => ScriptedUpstream.WriteAsync(context, 200, Answers.Ok));
        var first = await client.CreateAsync("""{"model":"gemini-3-pro","input":"Call","tools":[{"type":"function","name":"f","parameters":{"type":"object"}}]}""");
        var call = first["output"]![0]!;
        await client.CreateAsync(
            $$"""{"model":"gemini-3-pro","previous_response_id":"{{first["id"]}}","input":[{"type":"function_call_output","call_id":"{{call["call_id"]}}","output":"42"}]}""");

        var contents = JsonNode.Parse(client.Gateway.Upstream.Calls[^1].Body)!["contents"]!;
        Assert.Equal("c2ln", (string?)contents[1]!["parts"]![0]!["thoughtSignature"]);
        Assert.Equal("""{"result":42}""", contents[2]!["parts"]![0]!["functionResponse"]!["response"]!.ToJsonString());
    }

    [Fact]
    public async Task References_AreResolvedFromStoredResponses()
    {
        await using var client = await ResponsesClient.StartAsync();
        var first = await client.CreateAsync("""{"model":"m","input":"One"}""");
        var item = (string?)first["output"]![0]!["id"];
        await client.CreateAsync($$"""{"model":"m","input":[{"role":"user","content":"One"},{"type":"item_reference","id":"{{item}}"},{"role":"user","content":"Two"}]}""");

        Assert.Equal(["user: One", "model: Hello", "user: Two"], client.SentTexts());
        var (status, body) = await client.SendAsync("POST", "/v1/responses", """{"model":"m","input":[{"id":"msg_gone_0"}]}""");
        Assert.Equal((HttpStatusCode.NotFound, "input"), (status, (string?)body["error"]!["param"]));
    }

    [Fact]
    public async Task Stored_IsFoundListedAndDeleted()
    {
        await using var client = await ResponsesClient.StartAsync();
        var made = await client.CreateAsync("""{"model":"m","input":[{"role":"user","content":"One"},{"role":"user","content":"Two"},{"role":"user","content":"Three"}]}""");
        var path = $"/v1/responses/{made["id"]}";

        var (_, found) = await client.SendAsync("GET", path);
        Assert.True(JsonNode.DeepEquals(made, found));
        var (_, newest) = await client.SendAsync("GET", path + "/input_items?limit=2");
        Assert.Equal(["Three", "Two"], Texts(newest));
        Assert.True((bool)newest["has_more"]!);
        var (_, rest) = await client.SendAsync("GET", $"{path}/input_items?after={newest["last_id"]}");
        Assert.Equal(["One"], Texts(rest));
        Assert.False((bool)rest["has_more"]!);
        Assert.Equal(["One", "Two", "Three"], Texts((await client.SendAsync("GET", path + "/input_items?order=asc")).Body));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync("GET", path + "/input_items?limit=0")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync("POST", path + "/cancel")).Status);

        var (_, deleted) = await client.SendAsync("DELETE", path);
        Assert.Equal($$"""{"id":"{{made["id"]}}","object":"response","deleted":true}""", deleted.ToJsonString());
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("GET", path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("DELETE", path)).Status);
    }

    [Fact]
    public async Task PreviousResponse_ThatIsNotThere_IsNamed()
    {
        await using var client = await ResponsesClient.StartAsync();
        var first = await client.CreateAsync("""{"model":"m","input":"One"}""");
        var second = await client.CreateAsync($$"""{"model":"m","input":"Two","previous_response_id":"{{first["id"]}}"}""");
        await client.SendAsync("DELETE", $"/v1/responses/{first["id"]}");

        foreach (var id in new[] { "resp_none", "resp_' OR 1", (string)first["id"]!, (string)second["id"]! })
        {
            var (status, body) = await client.SendAsync("POST", "/v1/responses", $$"""{"model":"m","input":"x","previous_response_id":"{{id}}"}""");
            Assert.Equal((HttpStatusCode.BadRequest, "previous_response_not_found"), (status, (string?)body["error"]!["code"]));
        }
    }

    [Fact]
    public async Task OtherTokens_FindNothing()
    {
        await using var client = await ResponsesClient.StartAsync();
        var made = await client.CreateAsync("""{"model":"m","input":"One"}""");
        var (key, kept) = client.Store.Kept.Single();
        client.Store.Kept.Clear();
        client.Store.Kept.Add(("somebody else", key.Id), kept with { Owner = "somebody else" });

        Assert.Equal(TestTokens.ClientId, key.Owner);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("GET", $"/v1/responses/{made["id"]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("DELETE", $"/v1/responses/{made["id"]}")).Status);
    }

    [Fact]
    public async Task NotStored_WhenNotWanted_NotAllowed_OrTooLarge()
    {
        await using var client = await ResponsesClient.StartAsync();

        Assert.False((bool)(await client.CreateAsync("""{"model":"m","input":"One","store":false}"""))["store"]!);
        var large = new string('x', Limits.KeptResponseBytesMax);
        Assert.False((bool)(await client.CreateAsync($$"""{"model":"m","input":"{{large}}"}"""))["store"]!);
        client.Gateway.Settings.Change(settings => settings with { Responses = settings.Responses with { Age = TimeSpan.Zero } });
        Assert.False((bool)(await client.CreateAsync("""{"model":"m","input":"One"}"""))["store"]!);
        Assert.Empty(client.Store.Kept);
    }

    [Fact]
    public async Task StoreFails_TheAnswerComesAndSaysSo()
    {
        await using var client = await ResponsesClient.StartAsync();
        client.Store.Failure = new InvalidOperationException("away");

        Assert.False((bool)(await client.CreateAsync("""{"model":"m","input":"One"}"""))["store"]!);
        var (status, body) = await client.SendAsync("POST", "/v1/responses", """{"model":"m","input":"x","previous_response_id":"resp_a"}""");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage_unavailable"), (status, (string?)body["error"]!["code"]));
        Assert.DoesNotContain("away", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unused_IsGoneAfterItsTime()
    {
        var time = new ManualTimeProvider();
        await using var client = await ResponsesClient.StartAsync(time);
        var made = await client.CreateAsync("""{"model":"m","input":"One"}""");
        time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync("GET", $"/v1/responses/{made["id"]}")).Status);
    }

    private static string[] Texts(JsonNode list) => [.. list["data"]!.AsArray().Select(item => (string)item!["content"]![0]!["text"]!)];
}
