using GeminiBalance.Gateway.Hosting;

namespace GeminiBalance.Gateway.Tests.Hosting;

public sealed class GatewayStartTests
{
    [Theory]
    [InlineData("count a b", 0, "count a b")]
    [InlineData("cuont", 1, "")]
    [InlineData("--help", 0, "")]
    [InlineData("--PORT=1", 0, "serve")]
    [InlineData("", 0, "serve")]
    public async Task AWord_IsACommandOrAMistake_AndNeverTheServer(string line, int code, string ran)
    {
        var seen = "";
        var args = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = new GatewayCommand("count", "Counts.", options =>
        {
            seen = string.Join(' ', ["count", .. options]);
            return Task.FromResult(0);
        });

        var ended = await GatewayStart.RunAsync(args, () => "", [command], () =>
        {
            seen = "serve";
            return Task.CompletedTask;
        });

        Assert.Equal((code, ran), (ended, seen));
    }
}
