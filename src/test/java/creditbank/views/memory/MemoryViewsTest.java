package creditbank.views.memory;

import creditbank.projections.Projection;
import creditbank.views.ViewKeeper;
import creditbank.views.ViewKeeperContract;
import java.util.List;

class MemoryViewsTest extends ViewKeeperContract {

    @Override
    protected ViewKeeper open(List<Projection> projections) {
        return new MemoryViews();
    }
}
