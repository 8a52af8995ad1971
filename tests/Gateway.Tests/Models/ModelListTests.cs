using System.Text.Json;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Models;

/// <summary>One list over the pool, under all names, in both shapes.</summary>
public sealed class ModelListTests
{
    [Fact]
    public async Task List_IsMergedOverKeys_AndForgetsWhatNoKeyNamesAnyMore()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(time, ["TestKeyNumberOne-1", "TestKeyNumberTwo-2"]);
        var gone = false;
        gateway.Upstream.Answer = (context, call) => ScriptedUpstream.WriteAsync(
            context, 200, List(call.Headers["x-goog-api-key"].EndsWith('1') ? ["gemini-a"] : gone ? ["gemini-c"] : ["gemini-a", "gemini-b"]));

        Assert.Equal(["gemini-a", "gemini-b"], (await IdsAsync(gateway)).Order());
        gone = true;
        time.Advance(Limits.ModelListLifetime);
        Assert.Equal(["gemini-a", "gemini-b", "gemini-c"], (await IdsAsync(gateway)).Order());
        time.Advance(Limits.ModelUnseenMax + TimeSpan.FromSeconds(1));
        Assert.Equal(["gemini-a", "gemini-c"], (await IdsAsync(gateway)).Order());
    }

    [Fact]
    public async Task List_WhenTheUpstreamFails_IsTheOldOne()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(time);
        gateway.Upstream.Always(200, List("gemini-a"));
        Assert.Equal(["gemini-a"], await IdsAsync(gateway));
        gateway.Settings.Change(settings => settings with { MaxRetries = 1 });
        gateway.Upstream.Always(503, Answers.Error(503, "UNAVAILABLE"));
        time.Advance(Limits.ModelListLifetime);

        Assert.Equal(["gemini-a"], await IdsAsync(gateway));
    }

    [Fact]
    public async Task List_WhileTheUpstreamIsSlow_IsTheOldOne_AndTheReadingOutlivesItsFirstClient()
    {
        var time = new ManualTimeProvider();
        await using var gateway = await GatewayUnderTest.StartAsync(time, ["TestKeyNumberOne-1"]);
        gateway.Upstream.Always(200, List("gemini-a"));
        await IdsAsync(gateway);
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Upstream.Answer = async (context, _) =>
        {
            entered.TrySetResult();
            await go.Task;
            await ScriptedUpstream.WriteAsync(context, 200, List("gemini-a", "gemini-b"));
        };
        time.Advance(Limits.ModelListLifetime);

        var slow = IdsAsync(gateway);
        await entered.Task;
        time.Advance(Limits.ModelListPatience);
        Assert.Equal(["gemini-a"], await slow);

        var calls = gateway.Upstream.Calls.Count;
        go.SetResult();
        Assert.Equal(["gemini-a", "gemini-b"], await IdsAsync(gateway));
        Assert.Equal(calls, gateway.Upstream.Calls.Count);
    }

    [Fact]
    public async Task List_FirstClientLeaves_TheNextOneGetsItsReading()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(keys: ["TestKeyNumberOne-1"]);
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Upstream.Answer = async (context, _) =>
        {
            entered.TrySetResult();
            await go.Task;
            await ScriptedUpstream.WriteAsync(context, 200, List("gemini-a"));
        };
        using var leaving = new CancellationTokenSource();
        var first = gateway.Client.GetAsync("/v1/models", leaving.Token);
        await entered.Task;
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        var second = IdsAsync(gateway);
        go.SetResult();
        Assert.Equal(["gemini-a"], await second);
        Assert.Single(gateway.Upstream.Calls);
    }

    [Fact]
    public async Task NativeModel_InventedParameters_PushNothingOut()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Always(200, """{"name":"models/gemini-2.5-flash"}""");
        await gateway.Client.GetStringAsync("/v1beta/models/gemini-2.5-flash");
        for (var i = 0; i <= Limits.ModelListPagesMax; i++)
        {
            await gateway.Client.GetStringAsync($"/v1beta/models/gemini-2.5-flash?x={i}");
        }

        var calls = gateway.Upstream.Calls.Count;
        await gateway.Client.GetStringAsync("/v1beta/models/gemini-2.5-flash");
        Assert.Equal(calls, gateway.Upstream.Calls.Count);
    }

    [Fact]
    public async Task List_HoldsDerivedNames_AndAliasesOfModelsThatAreThere()
    {
        await using var gateway = await StartAsync();

        Assert.Equal(
            [
                "gemini-2.5-flash", "gemini-2.5-flash-search", "gemini-2.5-flash-non-thinking", "gemini-2.5-flash-image", "gemini-2.0-flash-exp", "gemini-2.0-flash-exp-image", "quick",
            ],
            await IdsAsync(gateway));
    }

    [Fact]
    public async Task List_FilteredModel_TakesItsDerivedNamesWithIt_AndADerivedNameGoesAlone()
    {
        await using var gateway = await StartAsync();
        gateway.Settings.Change(settings => settings with { FilteredModels = new HashSet<string> { "gemini-2.5-flash", "gemini-2.0-flash-exp-image" } });

        Assert.Equal(["gemini-2.5-flash-image", "gemini-2.0-flash-exp"], await IdsAsync(gateway));
    }

    [Fact]
    public async Task NativeList_OfDerivedName_IsTheModelsObjectUnderThatName()
    {
        await using var gateway = await StartAsync();

        var list = await gateway.Client.GetStringAsync("/v1beta/models");

        Assert.Contains("""{"name":"models/gemini-2.5-flash-search","displayName":"Shown (with search)","x":1e2}""", list, StringComparison.Ordinal);
        Assert.Contains("""{"name": "models/gemini-2.5-flash","displayName":"Shown","x":1e2}""", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NativeModel_OfDerivedName_IsTheModelsObjectUnderThatName()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Always(200, """{"name":"models/gemini-2.5-flash","n" : 1.0}""");

        Assert.Equal("""{"name":"models/gemini-2.5-flash-search","n":1.0}""", await gateway.Client.GetStringAsync("/v1beta/models/gemini-2.5-flash-search"));
        Assert.Equal("/v1beta/models/gemini-2.5-flash", gateway.Upstream.Calls[^1].Target);
    }

    [Fact]
    public async Task ListedName_ThatLooksLikeASuffix_IsServedWhole()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Upstream.Always(200, List("gemini-9-thinking", "gemini-9"));
        await IdsAsync(gateway);
        gateway.Upstream.Always(200, Answers.Ok);

        using var response = await gateway.Client.PostAsync("/v1beta/models/gemini-9-thinking:generateContent", new StringContent("{}"));

        Assert.Equal("/v1beta/models/gemini-9-thinking:generateContent", gateway.Upstream.Calls[^1].Target);
    }

    private static async Task<GatewayUnderTest> StartAsync()
    {
        var gateway = await GatewayUnderTest.StartAsync();
        gateway.Settings.Change(settings => settings with
        {
            Models = settings.Models with
            {
                ThinkingModels = new HashSet<string> { "gemini-2.5-flash" },
                ImageModels = new HashSet<string> { "gemini-2.0-flash-exp", "gemini-2.5-flash" },
                Aliases = new Dictionary<string, string> { ["quick"] = "gemini-2.5-flash-thinking-0", ["gone"] = "gemini-8-search" },
                Map = new Dictionary<string, string> { ["mapped"] = "gemini-2.5-flash" },
            },
        });
        gateway.Upstream.Always(
            200, """{"models":[{"name": "models/gemini-2.5-flash","displayName":"Shown","x":1e2},{"name":"models/gemini-2.5-flash-image"},{"name":"models/gemini-2.0-flash-exp"}]}""");
        return gateway;
    }

    private static string List(params string[] models) => $$"""{"models":[{{string.Join(',', models.Select(model => $$"""{"name":"models/{{model}}"}"""))}}]}""";

    private static async Task<IEnumerable<string?>> IdsAsync(GatewayUnderTest gateway)
    {
        using var list = JsonDocument.Parse(await gateway.Client.GetByteArrayAsync("/v1/models"));
        return [.. list.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString())];
    }
}
