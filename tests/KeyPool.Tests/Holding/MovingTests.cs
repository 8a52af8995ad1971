namespace GeminiBalance.KeyPool.Tests.Holding;

/// <summary>Who may be granted what while a key's quota moves to the ledger of another project.</summary>
public sealed class MovingTests
{
    private static readonly KeyLimits TwoAMinute = new(2, 0, 0);
    private static readonly KeyId Project = ProjectId.Of(new KeyProfile { Project = "one" })!.Value;
    private static readonly LedgerAsk Old = HolderBench.Ask(TwoAMinute, 1) with { RosterVersion = 4 };
    private static readonly LedgerAsk New = HolderBench.Ask(TwoAMinute, 1) with { Project = Project, RosterVersion = 5 };
    private readonly HolderBench bench = new();

    [Fact]
    public void Answer_ProjectChanged_NamesTheMove_AndGrantsNothingUntilItHasEnded()
    {
        var holder = bench.NewKey();
        Assert.Single(holder.Answer(Old, bench.Now).Grants);

        AssertMoves(holder.Answer(New, bench.Now));
        Assert.Equal(new LedgerMove(Project, 5), holder.WantedMove);
        Assert.True(holder.BeginMove(new LedgerMove(Project, 5)));
        AssertMoves(holder.Answer(New, bench.Now));
        Assert.Equal(Project, holder.MovesTo);
        holder.EndMove();

        Assert.Single(holder.Answer(New, bench.Now).Grants);
        Assert.Null(holder.WantedMove);
    }

    [Fact]
    public void Answer_GatewayKnowsTheOldRow_GetsNothing_FromTheBeginningOfTheMove()
    {
        var holder = bench.NewKey();
        holder.BeginMove(new LedgerMove(Project, 5));
        Assert.Equal(KeyDenialReason.StoreUnavailable, holder.Answer(Old, bench.Now).Denial);
        holder.EndMove();

        var answer = holder.Answer(Old, bench.Now);
        Assert.Empty(answer.Grants);
        Assert.Equal((KeyDenialReason.StoreUnavailable, TimeSpan.FromSeconds(1)), (answer.Denial, answer.NextIn));
        Assert.Null(holder.WantedMove);
    }

    [Fact]
    public void Answer_ProjectSetAndTakenBackUnseen_TheRowBetweenIsOld()
    {
        var holder = bench.NewKey();
        Assert.Single(holder.Answer(Old with { RosterVersion = 6 }, bench.Now).Grants);

        Assert.Empty(holder.Answer(New, bench.Now).Grants);
        Assert.Null(holder.WantedMove);
    }

    [Fact]
    public void Answer_GatewayOfAnOlderRelease_GetsNothingFromAKeyInAProject()
    {
        var holder = bench.NewKey();
        holder.BeginMove(new LedgerMove(Project, 5));
        holder.EndMove();

        Assert.Empty(holder.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Grants);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Restart_InTheMove_IsStillMoving(bool isClean)
    {
        var holder = bench.NewKey();
        holder.BeginMove(new LedgerMove(Project, 5));
        var stored = KeyLedgerSnapshot.FromJson(holder.TakeSnapshot(bench.Now, withWindows: isClean).ToJson());

        var next = bench.Take(new ClaimedLedger(HolderBench.Key, 2, stored, WasOpen: !isClean, TimeSpan.Zero));
        Assert.Empty(next.Answer(Old, bench.Now).Grants);
        AssertMoves(next.Answer(New, bench.Now));
        Assert.Equal(Project, next.MovesTo);
    }

    [Fact]
    public void BeginMove_AFormerHolderMayStillGrant_Waits()
    {
        var next = bench.Take(new ClaimedLedger(HolderBench.Key, 2, null, WasOpen: true, TimeSpan.Zero));
        Assert.Equal(KeyDenialReason.StoreUnavailable, next.Answer(New, bench.Now).Denial);
        Assert.False(next.BeginMove(new LedgerMove(Project, 5)));

        bench.Advance(TimeSpan.FromSeconds(10));
        AssertMoves(next.Answer(New, bench.Now));
        Assert.True(next.BeginMove(new LedgerMove(Project, 5)));
    }

    [Fact]
    public void CountIn_CountsMinuteAndDay_AndGrantsTheRestOnceItIsStored()
    {
        var (key, project) = (bench.NewKey(), bench.Take(new ClaimedLedger(Project, 1, null, WasOpen: false, TimeSpan.Zero)));
        var limits = new KeyLimits(4, 100, 5);
        Assert.Equal(2, key.Answer(HolderBench.Ask(limits, 10) with { Tokens = [10] }, bench.Now).Grants.Count + StoreAndAsk(key, limits));
        project.CountIn(key.Read(bench.Now), bench.Now);

        Assert.Equal(KeyDenialReason.NeedsCheckpoint, project.Answer(HolderBench.Ask(limits, 1), bench.Now).Denial);
        Store(project);
        Assert.Single(project.Answer(HolderBench.Ask(limits, 75), bench.Now).Grants);
        Store(project);
        Assert.Equal(KeyDenialReason.Tokens, project.Answer(HolderBench.Ask(limits, 6), bench.Now).Denial);
        Assert.Single(project.Answer(HolderBench.Ask(limits, 5), bench.Now).Grants);
        Store(project);
        Assert.Equal(KeyDenialReason.Minute, project.Answer(HolderBench.Ask(limits, 1), bench.Now).Denial);
        bench.Advance(HolderBench.Span + TimeSpan.FromSeconds(1));
        Assert.Single(project.Answer(HolderBench.Ask(limits, 1), bench.Now).Grants);
        Store(project);
        Assert.Equal(KeyDenialReason.Day, project.Answer(HolderBench.Ask(limits, 1), bench.Now).Denial);
    }

    [Fact]
    public void CountIn_MinutesOfTheKeyAreUnknown_TheProjectsAreAsWell()
    {
        var key = bench.Take(new ClaimedLedger(HolderBench.Key, 2, null, WasOpen: true, TimeSpan.Zero));
        var project = bench.Take(new ClaimedLedger(Project, 1, null, WasOpen: false, TimeSpan.Zero));
        project.CountIn(key.Read(bench.Now), bench.Now);
        Store(project);

        Assert.Equal(KeyDenialReason.Minute, project.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Denial);
        bench.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(project.Answer(HolderBench.Ask(TwoAMinute, 1), bench.Now).Grants);
    }

    private int StoreAndAsk(LedgerHolder holder, KeyLimits limits)
    {
        Store(holder);
        return holder.Answer(HolderBench.Ask(limits, 10), bench.Now).Grants.Count;
    }

    private void Store(LedgerHolder holder)
    {
        holder.TakeSnapshot(bench.Now, withWindows: false);
        holder.Stored();
    }

    private static void AssertMoves(LedgerAnswer answer)
    {
        Assert.Empty(answer.Grants);
        Assert.Equal(KeyDenialReason.NeedsCheckpoint, answer.Denial);
    }
}
