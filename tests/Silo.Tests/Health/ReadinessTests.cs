using GeminiBalance.Silo.Health;

namespace GeminiBalance.Silo.Tests.Health;

public sealed class ReadinessTests
{
    [Theory]
    [InlineData(SiloStatus.Active, false, true, false, "healthy", 200)]
    [InlineData(SiloStatus.Active, false, true, true, "degraded", 200)]
    [InlineData(SiloStatus.Active, false, false, false, "unhealthy", 503)]
    [InlineData(SiloStatus.Active, false, false, true, "unhealthy", 503)]
    [InlineData(SiloStatus.Joining, false, true, false, "unhealthy", 503)]
    [InlineData(SiloStatus.Active, true, true, false, "unhealthy", 503)]
    [InlineData(SiloStatus.ShuttingDown, true, true, false, "unhealthy", 503)]
    public void OnlyAMemberThatMayGrant_IsReady(SiloStatus status, bool isStopping, bool mayGrant, bool isDegraded, string word, int code)
    {
        var readiness = Readiness.Of(status, isStopping, mayGrant, isDegraded);

        Assert.Equal((word, code), (readiness.Word, readiness.StatusCode));
        Assert.Equal(word == "healthy", readiness.Reason.Length == 0);
    }
}
