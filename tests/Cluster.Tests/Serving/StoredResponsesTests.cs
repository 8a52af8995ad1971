using System.Net;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Responses;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class StoredResponsesTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task MadeAtOneGateway_GoesOnAtTheOther()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        var mark = second.Logs.Mark();
        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{cluster.NewKey()}}"]}""")).Status);
        await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark);

        var (made, response) = await first.AdminAsync("POST", "/v1/responses", """{"model":"gemini-2.5-flash","input":"Hello"}""");
        var id = response.GetProperty("id").GetString();
        var (gone, next) = await second.AdminAsync("POST", "/v1/responses", $$"""{"model":"gemini-2.5-flash","input":"And now?","previous_response_id":"{{id}}"}""");
        var (_, found) = await second.AdminAsync("GET", $"/v1/responses/{id}");
        var (deleted, _) = await second.AdminAsync("DELETE", $"/v1/responses/{id}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (made, gone, deleted));
        Assert.True(response.GetProperty("store").GetBoolean());
        Assert.Equal(id, next.GetProperty("previous_response_id").GetString());
        Assert.Equal(response.GetRawText(), found.GetRawText());
        Assert.Equal(HttpStatusCode.NotFound, (await first.AdminAsync("GET", $"/v1/responses/{id}")).Status);
    }

    [ClusterFact]
    public async Task MadeInTheBackground_IsFoundAndCancelledAtTheOther()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{cluster.NewKey()}}"]}""")).Status);
        var runs = first.Services.GetRequiredService<BackgroundRuns>();

        var quick = await MakeAsync(first, "Hello");
        await runs.Completion;
        var slow = await MakeAsync(first, "[[wait 60000]] Hello");
        var (_, running) = await second.AdminAsync("GET", slow);
        var (_, cancelled) = await second.AdminAsync("POST", slow + "/cancel");
        await runs.SignAsync();
        await runs.Completion;

        var (_, made) = await second.AdminAsync("GET", quick);
        Assert.Equal(("completed", true), (made.GetProperty("status").GetString(), made.GetProperty("background").GetBoolean()));
        Assert.Equal(("in_progress", "cancelled"), (running.GetProperty("status").GetString(), cancelled.GetProperty("status").GetString()));
        Assert.Equal("cancelled", (await first.AdminAsync("GET", slow)).Body.GetProperty("status").GetString());
    }

    private static async Task<string> MakeAsync(ClusterGateway gateway, string input)
    {
        var (_, response) = await gateway.AdminAsync("POST", "/v1/responses", $$"""{"model":"gemini-2.5-flash","input":"{{input}}","background":true}""");
        return $"/v1/responses/{response.GetProperty("id").GetString()}";
    }
}
