using System.Text.Json;
using GeminiBalance.Gateway.Resources;

namespace GeminiBalance.Gateway.Tests.Resources;

public sealed class BatchCountsTests
{
    [Theory]
    [InlineData(3, 3, 3, 0, 0, "3 0 0")]
    [InlineData(3, 3, 3, 2, 1, "3 2 1")]
    [InlineData(null, null, 3, 2, 1, "3 2 1")]
    [InlineData(2, 5, 5, 5, 0, "2 2 0")]
    [InlineData(2, 5, 5, 3, 0, "2 1 0")]
    [InlineData(2, 5, 5, 4, 1, "2 1 1")]
    [InlineData(2, 5, 5, 0, 5, "2 0 2")]
    public void Counts_AreOfTheClientsLines(int? lines, int? requests, int count, int succeeded, int failed, string expected)
    {
        using var batch = JsonDocument.Parse(
            $$"""{"metadata":{"batchStats":{"requestCount":"{{count}}","successfulRequestCount":"{{succeeded}}","failedRequestCount":"{{failed}}"} } }""");

        var counts = BatchCounts.Of(batch.RootElement, new OpenAINote { Lines = lines, Requests = requests });

        Assert.Equal(expected, $"{counts.Total} {counts.Completed} {counts.Failed}");
    }
}
