using System.Text.Json.Nodes;

namespace GeminiBalance.FakeGemini.Tests;

public sealed class InteractionTests : FakeTest
{
    private const string Hello = $$"""{"model":"{{Flash}}","input":"Hello"}""";

    public InteractionTests() => Options.ModelLimits["gemini-2.5-pro"] = new FakeLimits(RequestsPerMinute: 1);

    [Fact]
    public async Task Interaction_IsItsProjectsAlone()
    {
        var (_, made) = await CallAsync(Hello);
        var next = $$"""{"model":"{{Flash}}","input":"More","previous_interaction_id":"{{made["id"]}}"}""";

        var (own, more) = await CallAsync(next);
        var (other, refusal) = await CallAsync(next, key: Options.Keys[1]);

        Assert.Equal((200, "completed", "Echo: More"), (own, (string?)more["status"], (string?)more["steps"]![0]!["content"]![0]!["text"]));
        Assert.Equal((404, "not_found"), (other, (string?)refusal["error"]!["code"]));
        Assert.True((long)more["usage"]!["total_input_tokens"]! > (long)made["usage"]!["total_input_tokens"]!);
    }

    [Fact]
    public async Task Stream_HasItsEventsInOrder_AndCanBeTakenUpAgain()
    {
        var whole = await TextAsync($$"""{"model":"{{Flash}}","input":"[[think]] Hello","stream":true}""");
        var types = whole.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line["event: ".Length..]).ToArray();
        var id = (string?)Data(whole, 0)["interaction"]!["id"];

        Assert.Equal(["interaction.created", "interaction.status_update", "step.start", "step.delta"], types[..4]);
        Assert.Equal(["step.stop", "interaction.completed", "done"], types[^3..]);
        Assert.EndsWith("data: [DONE]\n\n", whole, StringComparison.Ordinal);
        using var rest = await GetAsync($"/v1beta/interactions/{id}?stream=true&last_event_id={Data(whole, 3)["event_id"]}", ("x-goog-api-key", Key));
        Assert.Equal(string.Join("\n\n", whole.Split("\n\n")[4..]), await rest.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Background_IsDoneAtTheSecondLook_OrCancelled()
    {
        const string Study = """{"agent":"deep-research-x","input":"Study","background":true}""";
        var (_, first) = await CallAsync(Study);
        var (_, second) = await CallAsync(Study);

        var statuses = new List<string?> { (string?)first["status"] };
        for (var i = 0; i < 2; i++)
        {
            using var answer = await GetAsync($"/v1beta/interactions/{first["id"]}", ("x-goog-api-key", Key));
            statuses.Add((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["status"]);
        }

        Assert.Equal(["in_progress", "in_progress", "completed"], statuses);
        Assert.Equal("cancelled", (string?)(await CallAsync("{}", $"interactions/{second["id"]}/cancel")).Body["status"]);
        Assert.Equal("failed_precondition", (string?)(await CallAsync("{}", $"interactions/{first["id"]}/cancel")).Body["error"]!["code"]);
    }

    [Theory]
    [InlineData("""{"model":"gemini-3.6-flash","inputs":"Hi"}""", 400, "invalid_request")]
    [InlineData("""{"model":"gemini-3.6-flash","generationConfig":{},"input":"Hi"}""", 400, "invalid_request")]
    [InlineData("""{"input":"Hi"}""", 400, "invalid_request")]
    [InlineData("""{"agent":"deep-research-x","input":"Hi"}""", 400, "invalid_request")]
    [InlineData("""{"model":"gemini-nothing","input":"Hi"}""", 404, "model_not_found")]
    [InlineData("not json", 400, "invalid_request")]
    public async Task Mistake_IsRefusedInTheApisOwnShape(string body, int status, string code)
    {
        var (told, answer) = await CallAsync(body);

        Assert.Equal((status, code), (told, (string?)answer["error"]!["code"]));
        Assert.Equal(2, answer["error"]!.AsObject().Count);
    }

    [Fact]
    public async Task Limits_HoldForInteractionsAndContentTogether()
    {
        const string Pro = """{"model":"models/gemini-2.5-pro","input":"Hi"}""";

        Assert.Equal(200, (await CallAsync(Pro)).Status);
        Assert.Equal(429, (await AskAsync(Prompt("x"), "gemini-2.5-pro")).Status);
        var (status, body) = await CallAsync(Pro);

        Assert.Equal((429, "rate_limit_exceeded"), (status, (string?)body["error"]!["code"]));
        Assert.Equal(2, Server.Stats.RequestsPerMinuteViolations);
    }

    private static JsonNode Data(string stream, int index) => JsonNode.Parse(stream.Split("\n\n")[index].Split("data: ")[1])!;

    private async Task<string> TextAsync(string body)
    {
        using var answer = await PostAsync("interactions", body);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<(int Status, JsonNode Body)> CallAsync(string body, string path = "interactions", string? key = null)
    {
        using var answer = await PostAsync(path, body, key);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
