using System.Text;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.Upstream;

public sealed class ProjectSuspicionsTests
{
    private static readonly KeyId[] Keys = [.. Samples.NewKeys(20).Select(key => key.Id)];
    private static readonly QuotaConsumer PerMinute = new(null, "GenerateRequestsPerMinutePerProjectPerModel-FreeTier");
    private readonly ManualTimeProvider time = new();

    [Fact]
    public void Errors_ThatNameOneProject_TellAtOnce()
    {
        var suspicions = new ProjectSuspicions(time);
        suspicions.Observe(Keys[0], "m", new QuotaConsumer("projects/1", null));
        suspicions.Observe(Keys[1], "m", new QuotaConsumer("projects/2", null));
        Assert.Empty(suspicions.Of(Keys[0]));

        suspicions.Observe(Keys[1], "m", new QuotaConsumer("projects/1", null));

        Assert.Equal([Keys[1]], suspicions.Of(Keys[0]));
        Assert.Equal([Keys[0]], suspicions.Of(Keys[1]));
    }

    [Fact]
    public void RefusalsTogether_TellAfterSome_AndOnlyOfThosePairs()
    {
        var suspicions = new ProjectSuspicions(time);
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(suspicions.Of(Keys[0]));
            suspicions.Observe(Keys[0], "m", PerMinute);
            suspicions.Observe(Keys[1], "m", PerMinute);
            suspicions.Observe(Keys[2], "other", PerMinute);
            time.Advance(TimeSpan.FromSeconds(30));
            suspicions.Observe(Keys[3], "m", PerMinute);
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal([Keys[1]], suspicions.Of(Keys[0]));
        Assert.Empty(suspicions.Of(Keys[2]));
        Assert.Empty(suspicions.Of(Keys[3]));
    }

    [Fact]
    public void Load_OnManyKeysTogether_TellsNothing()
    {
        var suspicions = new ProjectSuspicions(time);
        for (var i = 0; i < 5; i++)
        {
            foreach (var key in Keys)
            {
                suspicions.Observe(key, "m", PerMinute);
            }

            time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(Keys, key => Assert.Empty(suspicions.Of(key)));
    }

    [Fact]
    public void Consumer_IsReadFromDetailsAlone()
    {
        static QuotaConsumer? Read(string details) => UpstreamErrorClassifier.ReadConsumer(Encoding.UTF8.GetBytes($$$"""{"error":{"code":429,"details":[{{{details}}}]}}"""));

        Assert.Equal(new QuotaConsumer("projects/123", null), Read("""{"@type":"type.googleapis.com/google.rpc.ErrorInfo","metadata":{"consumer":"projects/123"}}"""));
        Assert.Null(Read("""{"@type":"type.googleapis.com/google.rpc.ErrorInfo","metadata":{"consumer":"api_key:AIzaSecret"}}"""));
        Assert.Equal(
            new QuotaConsumer(null, "PerMinute"),
            Read("""{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"PerMinute"}]}"""));
    }
}
