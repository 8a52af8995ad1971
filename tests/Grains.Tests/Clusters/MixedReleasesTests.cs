using GeminiBalance.KeyPool;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Configuration;

namespace GeminiBalance.Grains.Tests.Clusters;

/// <summary>A gateway and silos of different releases in one cluster.</summary>
public sealed class MixedReleasesTests
{
    [Fact]
    public async Task GatewayOfANewerRelease_IsServedBySilosOfThisOne()
    {
        await using var cluster = await GrainCluster.StartAsync(2, new GrainCluster.Setup { Client = client => Write<NewerSettlementCodec, LedgerSettlementMessage>(client.Services) });
        var granted = await AskAsync(cluster);
        var asks = granted.Select((answer, number) => cluster.Key(Asks.Key(number)).AskAsync(new LedgerAskMessage
        {
            Model = Asks.Model, RequestsPerMinute = 1, Tokens = [1], Settlements = Asks.Settlement(answer, CallOutcomeKind.NotSent).Settlements,
        }).AsTask());

        Assert.All(await Task.WhenAll(asks), answer => Assert.Single(answer.Grants!)); // What was given back is there again.
        Assert.Equal(20, NewerSettlementCodec.Written);
    }

    [Fact]
    public async Task SilosOfANewerRelease_ServeAGatewayOfThisOne()
    {
        var number = 0;
        await using var cluster = await GrainCluster.StartAsync(2, new GrainCluster.Setup
        {
            Silo = silo =>
            {
                if (Interlocked.Increment(ref number) == 2)
                {
                    Write<NewerAnswerCodec, LedgerAnswerMessage>(silo.Services); // The upgrade has come to one of the two.
                }
            },
        });
        var answers = await AskAsync(cluster);

        Assert.InRange(NewerAnswerCodec.Written, 1, 19);
        Assert.All(answers, answer => Assert.Equal((1, KeyDenialReason.Minute), (answer.Grants.Count, answer.Denial)));
    }

    private static Task<LedgerAnswer[]> AskAsync(GrainCluster cluster) =>
        Task.WhenAll(Enumerable.Range(0, 20).Select(number => cluster.Key(Asks.Key(number)).AskAsync(Asks.OneAMinute)));

    /// <summary>Has one process write a message as another release does.</summary>
    private static void Write<TCodec, TMessage>(IServiceCollection services) => services.Configure<TypeManifestOptions>(options =>
    {
        options.Serializers.RemoveWhere(codec => codec.Name.EndsWith("_" + typeof(TMessage).Name, StringComparison.Ordinal));
        options.Serializers.Add(typeof(TCodec));
    });
}
